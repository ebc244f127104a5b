namespace NodeAgent.Tests.Support;

/// <summary>The folder of the project, found from where the tests were built.</summary>
public static class ProjectFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "NodeAgent.sln"))) return folder;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not below the project's folder");
    }
}
