namespace NodeAgent.Tests.Interop.Programs;

/// <summary>Where things are in the project.</summary>
internal static class Project
{
    /// <summary>Its folder, found from where the tests were built.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program as `make build` leaves it.</summary>
    public static string Agent { get; } = Path.Combine(Root, "out", "nodeagent");

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "NodeAgent.sln"))) return folder;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not below the project's folder.");
    }
}
