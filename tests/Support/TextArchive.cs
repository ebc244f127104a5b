using System.Globalization;

namespace NodeAgent.Tests.Support;

/// <summary>
/// Files, folders and links in one text file, as ttar writes them (node_exporter's fixtures): "Path: NAME", then "Lines: N" and as many lines,
/// or "SymlinkTo: TARGET"; "Directory: NAME". NULLBYTE stands for a NUL, EOF at the end for a last line without its end.
/// </summary>
public sealed class TextArchive
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly List<string> _folders = [];

    private TextArchive(IEnumerator<string> lines)
    {
        var name = "";
        while (lines.MoveNext())
        {
            var line = lines.Current;
            if (Field(line, "Path: ") is { } path) name = path;
            else if (Field(line, "Directory: ") is { } folder) _folders.Add(folder);
            else if (Field(line, "SymlinkTo: ") is { } target) _links[name] = target;
            else if (Field(line, "Lines: ") is { } count) _files[name] = Content(lines, int.Parse(count, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Content by path.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    public static TextArchive Read(string file)
    {
        using var lines = File.ReadLines(file).GetEnumerator();
        return new TextArchive(lines);
    }

    /// <summary>Writes all of it below a folder. A link may point to nowhere, as in the folder it was taken from.</summary>
    public void Extract(string folder)
    {
        foreach (var name in _folders) Directory.CreateDirectory(Path.Combine(folder, name));
        foreach (var (name, content) in _files) File.WriteAllText(Prepare(folder, name), content);
        foreach (var (name, target) in _links) File.CreateSymbolicLink(Prepare(folder, name), target);
    }

    private static string Prepare(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static string? Field(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : null;

    private static string Content(IEnumerator<string> lines, int count)
    {
        var content = new System.Text.StringBuilder();
        for (; count > 0; count--)
        {
            if (!lines.MoveNext()) throw new InvalidDataException($"the archive ends {count} lines before the end of a file");
            content.Append(lines.Current).Append('\n');
        }

        if (content is [.., 'E', 'O', 'F', '\n']) content.Length -= "EOF\n".Length;
        return content.Replace("NULLBYTE", "\0").ToString();
    }
}
