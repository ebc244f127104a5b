using System.Globalization;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Collects the errors and notes of one document and reads its basic values; a null answer means an error was added.</summary>
internal sealed class ReadContext
{
    /// <summary>More errors than a person reads: the rest is counted.</summary>
    public const int MaxErrors = 500;

    private readonly List<SpecError> _errors;
    private int _more;

    public ReadContext(List<SpecError> errors) => _errors = errors;

    public List<string> Notes { get; } = [];

    /// <summary>The name of the policy, once it is known.</summary>
    public string Policy { get; set; } = "";

    /// <summary>What the agent wrote itself: numbers may lie outside the range of their field.</summary>
    public bool IsStored { get; init; }

    public bool HasErrors => _errors.Count > 0;

    /// <summary>Everything wrong with the document, in its order.</summary>
    public IReadOnlyList<SpecError> Errors()
    {
        var errors = _errors.OrderBy(e => e.Mark.Line).ThenBy(e => e.Mark.Column).ToList();
        if (_more > 0) errors.Add(new SpecError(errors[^1].Mark, "", $"{_more} more errors are not shown"));
        return errors;
    }

    public void Error(SourceMark at, string path, string message)
    {
        if (_errors.Count < MaxErrors) _errors.Add(new SpecError(at, path, message));
        else _more++;
    }

    public void Note(SourceMark at, string path, string message) => Notes.Add(new SpecError(at, path, message).ToString());

    public void Expected(YamlNode node, string path, string expected) => Error(node.Mark, path, $"expected {expected}, found {node.Found}");

    public YamlMap? Map(YamlNode node, string path, string expected = "a map of keys and values")
    {
        if (node is YamlMap map) return map;
        Expected(node, path, expected);
        return null;
    }

    public YamlList? List(YamlNode node, string path, string expected = "a list")
    {
        if (node is YamlList list) return list;
        Expected(node, path, expected);
        return null;
    }

    public string? Text(YamlNode node, string path, string expected)
    {
        if (node is YamlScalar { IsNull: false } scalar) return scalar.Text;
        Expected(node, path, expected);
        return null;
    }

    public bool? Flag(YamlNode node, string path)
    {
        if (node is YamlScalar scalar && Field.TryParseFlag(scalar.Text) is { } flag) return flag;
        Expected(node, path, "true or false");
        return null;
    }

    public long? Number(YamlNode node, string path, long min, long max)
    {
        if (node is YamlScalar scalar && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max) return number;
        Expected(node, path, $"a number from {min} to {max}");
        return null;
    }

    public TimeSpan? Duration(YamlNode node, string path, TimeSpan min, TimeSpan max)
    {
        if (node is YamlScalar scalar && Durations.TryParse(scalar.Text, out var time) && time >= min && time <= max) return time;
        Expected(node, path, $"a time from {Durations.Format(min)} to {Durations.Format(max)}, such as 30s, 2m or 1500ms");
        return null;
    }

    /// <summary>The name of a link, always text.</summary>
    public string? LinkName(YamlNode node, string path)
    {
        if (Text(node, path, "the name of a link") is not { } name) return null;
        if (Model.LinkName.Problem(name) is not { } problem) return name;
        Error(node.Mark, path, $"the name {YamlScalar.Quote(name)} {problem}");
        return null;
    }

    /// <summary>A key that nothing reads: known and not supported, belonging elsewhere, or misspelt.</summary>
    public void OtherKey(YamlEntry entry, string path, KeyTable keys)
    {
        var field = Join(path, entry.Key);
        if (keys.IsIgnored(entry.Key)) return;
        if (keys.Unsupported(entry.Key) is { } unsupported)
        {
            if (unsupported.IsHarmless(entry.Value)) return;
            Error(entry.Mark, field, $"{(unsupported.IsMistake ? "unknown field" : "not supported by this agent")}: {unsupported.Advice}");
            return;
        }

        Unknown(entry, path, keys.Valid);
    }

    public void Unknown(YamlEntry entry, string path, IReadOnlyList<string> valid)
    {
        var nearest = EditDistance.Nearest(entry.Key, valid);
        var guess = nearest is null ? "" : $", did you mean {nearest}?";
        var list = valid.Count == 0 ? "no keys are possible here" : "possible here: " + string.Join(", ", valid);
        Error(entry.Mark, Join(path, entry.Key.Length > 60 ? entry.Key[..60] + "..." : entry.Key), $"unknown field{guess} ({list})");
    }

    public static string Join(string path, string key) => path.Length == 0 ? key : path + "." + key;
}
