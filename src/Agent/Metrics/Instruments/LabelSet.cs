using System.Text;

namespace NodeAgent.Metrics.Instruments;

/// <summary>Labels of one series, made once and kept, as the UTF-8 that every sample of it carries and nothing else: there are many of them.</summary>
public sealed class LabelSet
{
    public static readonly LabelSet None = new();

    private KeyValuePair<string, object?>[]? _tags;

    public LabelSet(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        if (labels.IsEmpty)
        {
            Utf8 = " "u8.ToArray();
            return;
        }

        var text = new StringBuilder();
        foreach (var (name, value) in labels) text.Append(text.Length == 0 ? '{' : ',').Append(name).Append("=\"").Append(Escape(value)).Append('"');
        Utf8 = Encoding.UTF8.GetBytes(text.Append("} ").ToString());
    }

    /// <summary>What stands between a sample's name and its value: <c>{link="eth0"} </c>, or a space.</summary>
    internal byte[] Utf8 { get; }

    /// <summary>The same without its end, to be followed by a comma and one more label: <c>{link="eth0"</c>; empty where there are none.</summary>
    internal ReadOnlySpan<byte> Open => Utf8.AsSpan(0, Utf8.Length > 1 ? Utf8.Length - 2 : 0);

    /// <summary>For exporters that take labels one by one: read from the text when first asked for.</summary>
    internal KeyValuePair<string, object?>[] Tags => _tags ??= LabelText.Read(Encoding.UTF8.GetString(Open));

    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    // Both formats escape the same three; what cannot be UTF-8 (a lone surrogate) becomes U+FFFD in the encoder.
    private static string Escape(string value) => value.AsSpan().ContainsAny('\\', '"', '\n')
        ? value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        : value;
}
