using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Harness;

/// <summary>Where things are in the project.</summary>
internal static class Layout
{
    /// <summary>A file of the project by its path from the root.</summary>
    public static string File(string path) => Path.Combine(ProjectFolder.Path, path);
}
