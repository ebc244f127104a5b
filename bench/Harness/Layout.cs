namespace NodeAgent.Bench.Harness;

/// <summary>Where things are in the project.</summary>
internal static class Layout
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the project by its path from the root.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (System.IO.File.Exists(Path.Combine(folder, "NodeAgent.sln"))) return folder;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not below the project's folder.");
    }
}
