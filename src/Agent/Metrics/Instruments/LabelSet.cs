using System.Text;

namespace NodeAgent.Metrics.Instruments;

/// <summary>Labels of one series, made once and kept: the text that every sample of it carries is ready as UTF-8.</summary>
public sealed class LabelSet
{
    public static readonly LabelSet None = new();

    private readonly byte[] _body;

    private LabelSet()
    {
        (Labels, _body, Utf8) = ([], "{"u8.ToArray(), " "u8.ToArray());
    }

    public LabelSet(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        Labels = labels.ToArray();
        var text = new StringBuilder("{");
        foreach (var (name, value) in labels) text.Append(name).Append("=\"").Append(Escape(value)).Append("\",");
        _body = Encoding.UTF8.GetBytes(text.ToString());
        Utf8 = labels.IsEmpty ? " "u8.ToArray() : [.. _body.AsSpan()[..^1], (byte)'}', (byte)' '];
    }

    public IReadOnlyList<(string Name, string Value)> Labels { get; }

    /// <summary>What stands between a sample's name and its value: <c>{link="eth0"} </c>, or a space.</summary>
    internal byte[] Utf8 { get; }

    /// <summary>The same, open for one more label: <c>{link="eth0",</c>, or a brace.</summary>
    internal ReadOnlySpan<byte> Open => _body;

    /// <summary>For exporters that take labels one by one.</summary>
    internal KeyValuePair<string, object?>[] Tags => field ??= [.. Labels.Select(label => KeyValuePair.Create(label.Name, (object?)label.Value))];

    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    // Both formats escape the same three; what cannot be UTF-8 (a lone surrogate) becomes U+FFFD in the encoder.
    private static string Escape(string value) => value.AsSpan().ContainsAny('\\', '"', '\n')
        ? value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        : value;
}
