using System.Globalization;
using System.Text.RegularExpressions;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>
/// Reads both text formats by the letter: families in one piece, introduced once and before their samples, names that belong to the
/// family, no series twice, histograms complete. Throws <see cref="FormatException"/> with the line.
/// </summary>
internal static partial class ExpositionParser
{
    public static IReadOnlyList<ParsedSample> Parse(string text, bool openMetrics)
    {
        var samples = new List<ParsedSample>();
        var (seen, keys, told) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        var (family, type) = ("", "");
        if (text.Length > 0 && !text.EndsWith('\n')) throw new FormatException("The last line has no end.");
        var lines = text.Split('\n')[..^1];
        for (var number = 0; number < lines.Length; number++)
        {
            var line = lines[number];
            if (line == "# EOF" && openMetrics && number == lines.Length - 1) break;
            if (Comment().Match(line) is { Success: true } comment)
            {
                var (word, name, rest) = (comment.Groups[1].Value, comment.Groups[2].Value, comment.Groups[3].Value);
                if (name != family)
                {
                    if (!seen.Add(name)) throw Bad("a family in two pieces");
                    (family, type) = (name, "");
                    told.Clear();
                }

                if (!told.Add(word)) throw Bad($"{word} twice");
                if (word == "TYPE") type = rest;
                if (word == "UNIT" && !name.EndsWith("_" + rest, StringComparison.Ordinal)) throw Bad("a name without its unit");
                if (word == "UNIT" && !openMetrics) throw Bad("a word of the other format");
                continue;
            }

            if (Sample().Match(line) is not { Success: true } match) throw Bad("no sample");
            if (type.Length == 0 || !told.Contains("HELP")) throw Bad("a sample that was not introduced");
            var labels = Label().Matches(match.Groups[2].Value).ToDictionary(l => l.Groups[1].Value, l => Unescape(l.Groups[2].Value));
            var value = match.Groups[3].Value;
            var parsed = value switch
            {
                "+Inf" => double.PositiveInfinity,
                "-Inf" => double.NegativeInfinity,
                "NaN" => double.NaN,
                _ => double.Parse(value, CultureInfo.InvariantCulture),
            };
            var sample = new ParsedSample(family, type, match.Groups[1].Value, labels, parsed);
            if (!Names(family, type, openMetrics).Contains(sample.Name)) throw Bad($"{sample.Name} is not of {family}");
            if (!keys.Add(sample.Key)) throw Bad("a series twice");
            samples.Add(sample);

            FormatException Bad(string what) => new($"Line {number + 1}: {what}: {line}");
        }

        if (openMetrics && (lines.Length == 0 || lines[^1] != "# EOF")) throw new FormatException("No # EOF.");
        return samples;
    }

    private static string[] Names(string family, string type, bool openMetrics) => type switch
    {
        "histogram" => [family + "_bucket", family + "_sum", family + "_count"],
        "counter" when openMetrics => [family + "_total"],
        "info" => [family + "_info"],
        _ => [family],
    };

    private static string Unescape(string value) => Escape().Replace(value, match => match.Value[1] == 'n' ? "\n" : match.Value[1..]);

    [GeneratedRegex(@"^# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? ([^ ]+)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)",?""")]
    private static partial Regex Label();

    [GeneratedRegex("""\\["\\n]""")]
    private static partial Regex Escape();
}
