using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Names of policies. They become names of files, so nothing but letters, digits, dots, dashes and underscores is in one.</summary>
internal static class PolicyName
{
    private const int MaxLength = 200;

    /// <summary>metadata.name, as Kubernetes takes it.</summary>
    public static string? Read(YamlNode node, ReadContext context)
    {
        if (node is YamlScalar { IsNull: false } scalar && IsGood(scalar.Text)) return scalar.Text;
        context.Expected(node, "metadata.name", $"1 to {MaxLength} lower-case letters, digits, '-' and '.', a letter or digit at both ends");
        return null;
    }

    /// <summary>The name of a document without metadata: its file's, without folder and extension.</summary>
    public static string OfFile(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file.TrimEnd('/'));
        if (file is "-" or "") return "stdin";
        var clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')).Trim('.');
        if (clean.Length > MaxLength) clean = clean[..MaxLength];
        return clean.Length == 0 ? "policy" : clean;
    }

    /// <summary>True for what <see cref="OfFile"/> and metadata.name may give.</summary>
    public static bool IsFileName(string name) =>
        name.Length is > 0 and <= MaxLength && name[0] != '.' && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static bool IsGood(string name)
    {
        if (name.Length is 0 or > MaxLength || !IsEnd(name[0]) || !IsEnd(name[^1])) return false;
        return name.All(c => IsEnd(c) || c is '-' or '.');
    }

    private static bool IsEnd(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
