using YamlDotNet.Core;

namespace NodeAgent.Network.Spec.Yaml;

/// <summary>The parser's message as a person would say it, with what is usually wrong.</summary>
internal static class YamlMessage
{
    public static string Of(YamlException error)
    {
        var text = error.Message.Trim().TrimEnd('.');
        if (text.Length > 1) text = char.ToLowerInvariant(text[0]) + text[1..];
        var hint = Hint(text);
        return hint is null ? text : $"{text}; {hint}";
    }

    private static string? Hint(string text)
    {
        if (text.Contains("tab", StringComparison.Ordinal)) return "indent with spaces";
        if (text.Contains("cannot start any token", StringComparison.Ordinal)) return "indent with spaces, and put quotes around a value that starts with @, % or `";
        if (text.Contains("node content", StringComparison.Ordinal)) return "a value is missing here, or a bracket before it is not closed";
        if (text.Contains("expected key", StringComparison.Ordinal) || text.Contains("block", StringComparison.Ordinal)) return "check the indentation of this line and the one before";
        return null;
    }
}
