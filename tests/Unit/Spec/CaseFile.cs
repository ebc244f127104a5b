using System.Runtime.CompilerServices;

namespace NodeAgent.Tests.Unit.Spec;

/// <summary>
/// A case in one text file: a line of what it shows, then parts headed `=== name`. The last, `=== expected`, is what must come out;
/// with NODEAGENT_UPDATE_CASES=1 it is written anew (then read the difference).
/// </summary>
internal sealed class CaseFile
{
    private const string Expected = "expected";

    private readonly string _path;
    private readonly List<(string Name, string Text)> _parts = [];

    private CaseFile(string path)
    {
        _path = path;
        foreach (var line in File.ReadAllLines(path))
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal)) _parts.Add((line[4..].Trim(), ""));
            else if (_parts.Count > 0) _parts[^1] = (_parts[^1].Name, _parts[^1].Text + line + "\n");
        }
    }

    public IReadOnlyList<(string Name, string Text)> Inputs => [.. _parts.Where(p => p.Name != Expected)];

    public string? this[string part] => _parts.Exists(p => p.Name == part) ? _parts.Find(p => p.Name == part).Text : null;

    public static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.case").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static CaseFile Load(string folder, string name) => new(Path.Combine(Root(), folder, name + ".case"));

    public void Check(IEnumerable<string> lines)
    {
        var found = string.Concat(lines.Select(l => l + "\n"));
        if (Environment.GetEnvironmentVariable("NODEAGENT_UPDATE_CASES") == "1")
        {
            var text = File.ReadAllText(_path);
            var at = text.IndexOf("=== " + Expected, StringComparison.Ordinal);
            File.WriteAllText(_path, (at < 0 ? text : text[..at]) + "=== " + Expected + "\n" + found);
            return;
        }

        Xunit.Assert.Equal(this[Expected], found);
    }

    private static string Root([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "cases");
}
