using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Interop.Programs;

/// <summary>Where things are in the project.</summary>
internal static class Project
{
    public static string Root => ProjectFolder.Path;

    /// <summary>The program as `make build` leaves it.</summary>
    public static string Agent { get; } = Path.Combine(Root, "out", "nodeagent");
}
