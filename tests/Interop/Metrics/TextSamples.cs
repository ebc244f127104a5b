using System.Globalization;
using System.Text.RegularExpressions;

namespace NodeAgent.Tests.Interop.Metrics;

/// <summary>Samples of the Prometheus text format, by name, each with its labels.</summary>
internal static partial class TextSamples
{
    public static ILookup<string, (Dictionary<string, string> Labels, double Value)> Read(string text) => text.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => Sample().Match(line))
        .ToLookup(
            match => match.Groups[1].Value,
            match => (Label().Matches(match.Groups[2].Value).ToDictionary(l => l.Groups[1].Value, l => l.Groups[2].Value), double.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"^([a-zA-Z0-9_:]+)(?:\{(.*)\})? (\S+)$")]
    private static partial Regex Sample();

    [GeneratedRegex("""([a-z_]+)="((?:[^"\\]|\\.)*)",?""")]
    private static partial Regex Label();
}
