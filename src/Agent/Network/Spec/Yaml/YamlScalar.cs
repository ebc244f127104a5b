using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Yaml;

/// <summary>A single value. The schema decides its type, so that a link may be called `off` or `1e3`.</summary>
internal sealed class YamlScalar(SourceMark mark, string text, bool plain) : YamlNode(mark)
{
    private const int MaxShown = 60;

    public string Text { get; } = text;

    /// <summary>Written without quotes and empty, `~` or `null`.</summary>
    public bool IsNull { get; } = plain && text is "" or "~" or "null" or "Null" or "NULL";

    public override string Found => IsNull ? "nothing" : Quote(Text);

    /// <summary>A value as a message shows it: on one line, cut where it is long.</summary>
    public static string Quote(string text)
    {
        var cut = text.Length > MaxShown ? text[..MaxShown] + "..." : text;
        return "'" + cut.ReplaceLineEndings(" ").Replace('\t', ' ') + "'";
    }
}
