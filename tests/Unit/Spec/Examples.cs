using System.Runtime.CompilerServices;

namespace NodeAgent.Tests.Unit.Spec;

/// <summary>The documents of examples/.</summary>
internal static class Examples
{
    public static string Folder { get; } = Find();

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.yaml").Order(StringComparer.Ordinal);

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../examples"));
}
