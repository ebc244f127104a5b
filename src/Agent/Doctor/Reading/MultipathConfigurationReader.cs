using NodeAgent.Doctor.Facts;
using NodeAgent.Files;

namespace NodeAgent.Doctor.Reading;

/// <summary>multipath.conf(5): sections in braces, and in each line one keyword with its value; # and ! begin a comment.</summary>
internal sealed class MultipathConfigurationReader
{
    private readonly List<MultipathSetting> _settings = [];
    private readonly List<string> _mistakes = [];

    public static Known<MultipathConfiguration> Read(HostPaths paths)
    {
        var reader = new MultipathConfigurationReader();
        var main = HostFile.Read(Path.Combine(paths.Etc, "multipath.conf"));
        if (main.Error is { } error) return Known<MultipathConfiguration>.Failed(error);
        if (main.IsFound) reader.Parse("multipath.conf", main.Text);
        var folder = Path.Combine(paths.Etc, "multipath/conf.d");
        var parts = HostFile.List(folder, out error);
        if (error is not null) return Known<MultipathConfiguration>.Failed(error);
        foreach (var name in parts)
        {
            if (!name.EndsWith(".conf", StringComparison.Ordinal)) continue;
            var part = HostFile.Read(Path.Combine(folder, name));
            if (part.Error is not null) return Known<MultipathConfiguration>.Failed(part.Error);
            reader.Parse("conf.d/" + name, part.Text ?? "");
        }

        return main.IsFound || parts.Length > 0 ? Known<MultipathConfiguration>.Of(new MultipathConfiguration(reader._settings, reader._mistakes)) : default;
    }

    private void Parse(string file, string text)
    {
        var sections = new List<string>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = Words(line);
            if (words.Count == 0) continue;
            var place = $"{file} line {number}";
            if (words[0] == "}")
            {
                if (sections.Count == 0) _mistakes.Add($"{place}: a brace closes nothing");
                else sections.RemoveAt(sections.Count - 1);
            }
            else if (words.Count > 1 && words[1] == "{")
            {
                sections.Add(words[0]);
                if (words.Count > 2) _mistakes.Add($"{place}: what follows the brace on its line is ignored");
            }
            else
            {
                _settings.Add(new MultipathSetting(place, string.Join(' ', sections), words[0], words.Count > 1 ? words[1] : ""));
                if (words.Count > 2) _mistakes.Add($"{place}: \"{HostText.Shorten(words[2])}\" after the first value is ignored");
            }
        }

        if (sections.Count > 0) _mistakes.Add($"{file}: section {HostText.Shorten(sections[^1])} is not closed");
    }

    // Blanks part words, quotes hold one together.
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var i = 0;
        while (i < line.Length)
        {
            if (char.IsWhiteSpace(line[i]))
            {
                i++;
                continue;
            }

            if (line[i] is '#' or '!') break;
            int end;
            if (line[i] == '"')
            {
                end = line.IndexOf('"', i + 1);
                words.Add(end < 0 ? line[(i + 1)..] : line[(i + 1)..end]);
                if (end < 0) break;
                i = end + 1;
                continue;
            }

            if (line[i] is '{' or '}') end = i + 1;
            else for (end = i; end < line.Length && !char.IsWhiteSpace(line[end]) && line[end] is not ('{' or '}' or '"' or '#' or '!');) end++;
            words.Add(line[i..end]);
            i = end;
        }

        return words;
    }
}
