using System.Globalization;

namespace NodeAgent.Kvm.Reading;

/// <summary>Names of owners, from /etc/passwd and /etc/group alone: a directory service may hang.</summary>
internal sealed class Accounts(HostPaths paths, UnreadFiles files)
{
    /// <summary>"0 root"; the number alone where it has no name there.</summary>
    public string User(uint id) => NameIn("passwd", id);

    public string Group(uint id) => NameIn("group", id);

    // name:password:number:…
    private string NameIn(string file, uint id)
    {
        var number = id.ToString(CultureInfo.InvariantCulture);
        foreach (var line in files.Text(Path.Combine(paths.Etc, file)).AsSpan().EnumerateLines())
        {
            var first = line.IndexOf(':');
            if (first <= 0) continue;
            var rest = line[(first + 1)..];
            var second = rest.IndexOf(':');
            if (second < 0) continue;
            rest = rest[(second + 1)..];
            var end = rest.IndexOf(':');
            if ((end < 0 ? rest : rest[..end]).SequenceEqual(number)) return $"{number} {line[..first]}";
        }

        return number;
    }
}
