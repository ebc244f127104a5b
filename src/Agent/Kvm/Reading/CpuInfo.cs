using System.Globalization;

namespace NodeAgent.Kvm.Reading;

/// <summary>The first processor in /proc/cpuinfo: its lines of "name : value".</summary>
internal sealed class CpuInfo
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private CpuInfo()
    {
    }

    public string? this[string name] => _fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Decimal; null where it is absent or is none.</summary>
    public int? Number(string name) => int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A list of words; empty where it is absent.</summary>
    public string[] Words(string name) => this[name]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Takes what it can: lines without a colon are left out, the first of one name counts.</summary>
    public static CpuInfo Parse(ReadOnlySpan<char> text)
    {
        var info = new CpuInfo();
        foreach (var line in text.EnumerateLines())
        {
            // An empty line ends a processor; kernels of some architectures say what is common to all before the first.
            if (line.IsWhiteSpace() && info._fields.ContainsKey("processor")) break;
            var colon = line.IndexOf(':');
            if (colon > 0) info._fields.TryAdd(line[..colon].Trim().ToString(), line[(colon + 1)..].Trim().ToString());
        }

        return info;
    }
}
