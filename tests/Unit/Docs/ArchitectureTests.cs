using System.Text.RegularExpressions;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Docs;

/// <summary>ARCHITECTURE.md's map against the folders and types there are.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string s_text = File.ReadAllText(Path.Combine(ProjectFolder.Path, "ARCHITECTURE.md"));
    private static readonly string s_map = s_text[s_text.IndexOf("## The map", StringComparison.Ordinal)..s_text.IndexOf("Rules that hold everywhere", StringComparison.Ordinal)];
    private static readonly HashSet<string> s_rooms = [.. s_map.Split('\n').Where(static l => l.StartsWith("| `", StringComparison.Ordinal)).SelectMany(static l => Paths(l.Split('|')[1]))];

    [Fact]
    public void Every_path_of_the_map_is_there() =>
        Assert.All(s_rooms, static room => Assert.True(Path.Exists(Path.Combine(ProjectFolder.Path, room)), $"{room} is on the map and not in the project"));

    [Fact]
    public void Every_folder_of_the_sources_has_a_row_or_is_below_one()
    {
        foreach (var folder in Sources().Select(static f => Path.GetDirectoryName(f)!).Distinct().Where(static f => f.StartsWith("src/", StringComparison.Ordinal)))
        {
            // The composition root stands alone.
            if (folder != "src/Agent") Assert.True(IsOnMap(folder), $"{folder} has no row on the map, and no folder above it has one");
        }
    }

    [Fact]
    public void Every_name_of_the_code_is_still_a_name_there()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Sources())
        {
            known.UnionWith(Path.ChangeExtension(file, null).Split('/', '.'));
            var text = File.ReadAllText(Path.Combine(ProjectFolder.Path, file));
            foreach (var word in Word().EnumerateMatches(text)) known.Add(text.Substring(word.Index, word.Length));
        }

        // X stands for what is to be added.
        var names = Name().Matches(s_text).SelectMany(static m => m.Value.Trim('`').Split('/', '.')).Where(static n => n.Length > 0 && !n.StartsWith('X')).Distinct();
        Assert.All(names, name => Assert.True(known.Contains(name), $"ARCHITECTURE.md names `{name}`, which is nothing in the sources"));
    }

    private static bool IsOnMap(string folder)
    {
        for (var at = folder; at is { Length: > 0 }; at = Path.GetDirectoryName(at)!)
        {
            if (s_rooms.Contains(at)) return true;
        }

        // A room of one file, beside the rooms below it.
        return s_rooms.Any(room => room.EndsWith(".cs", StringComparison.Ordinal) && Path.GetDirectoryName(room) == folder);
    }

    private static IEnumerable<string> Sources() =>
        new[] { "src", "tests", "bench" }.SelectMany(static top => Directory.EnumerateFiles(Path.Combine(ProjectFolder.Path, top), "*", SearchOption.AllDirectories))
            .Where(static f => Path.GetExtension(f) is ".cs" or ".proto")
            .Select(static f => Path.GetRelativePath(ProjectFolder.Path, f))
            .Where(static f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal));

    // `src/Agent/Storage/{Judging,Store}/`; what has no root of its own is below src/Agent.
    private static IEnumerable<string> Paths(string cell)
    {
        foreach (Match match in Quoted().Matches(cell))
        {
            var path = match.Groups["text"].Value.TrimEnd('/');
            if (path.Split('/')[0] is not ("src" or "tests" or "bench" or "examples")) path = "src/Agent/" + path;
            var brace = path.IndexOf('{', StringComparison.Ordinal);
            if (brace < 0) yield return path;
            else foreach (var name in path[(brace + 1)..path.IndexOf('}', StringComparison.Ordinal)].Split(',')) yield return path[..brace] + name;
        }
    }

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Quoted();

    // `HostPaths`, `VerdictBoard.Set`, `Drift/DriftDaemon`
    [GeneratedRegex("`(?:[A-Za-z]+/)*[A-Z][A-Za-z]+(?:\\.[A-Z][A-Za-z]+)?`")]
    private static partial Regex Name();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
