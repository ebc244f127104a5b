using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace NodeAgent.Metrics.Exposition;

/// <summary>
/// What a scraper takes, from its Accept and Accept-Encoding (RFC 9110, 12.5): the most wanted of what is on offer. Who asks for
/// something else altogether still gets the plain text, as exporters have always done. Allocates nothing.
/// </summary>
internal static class Negotiation
{
    private const string OpenMetricsType = "application/openmetrics-text";

    public static ExpositionFormat FormatFor(StringValues accept)
    {
        double openMetrics = 0, text = 0;
        foreach (var line in accept)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var (type, parameters) = Cut(line.AsSpan()[part]);
                var quality = Quality(parameters);
                if (type.Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase))
                {
                    if (HasVersion(parameters, "1.0.0")) openMetrics = Math.Max(openMetrics, quality);
                }
                else if (type.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
                {
                    if (HasVersion(parameters, "0.0.4")) text = Math.Max(text, quality);
                }
                else if (type is "*/*" or "text/*")
                {
                    text = Math.Max(text, quality);
                }
            }
        }

        return openMetrics > 0 && openMetrics >= text ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
    }

    public static bool TakesGzip(StringValues acceptEncoding)
    {
        double? named = null, any = null;
        foreach (var line in acceptEncoding)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var (coding, parameters) = Cut(line.AsSpan()[part]);
                if (coding.Equals("gzip", StringComparison.OrdinalIgnoreCase) || coding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)) named = Quality(parameters);
                else if (coding is "*") any = Quality(parameters);
            }
        }

        return (named ?? any ?? 0) > 0;
    }

    private static Pair Cut(ReadOnlySpan<char> item)
    {
        var at = item.IndexOf(';');
        return at < 0 ? new Pair(item.Trim(), default) : new Pair(item[..at].Trim(), item[(at + 1)..]);
    }

    // A quality that is no number is as good as none: 0 would refuse what the scraper named.
    private static double Quality(ReadOnlySpan<char> parameters) =>
        Parameter(parameters, "q") is { IsEmpty: false } text && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? Math.Clamp(value, 0, 1) : 1;

    private static bool HasVersion(ReadOnlySpan<char> parameters, string version)
    {
        var asked = Parameter(parameters, "version").Trim('"');
        return asked.IsEmpty || asked.SequenceEqual(version);
    }

    private static ReadOnlySpan<char> Parameter(ReadOnlySpan<char> parameters, string name)
    {
        foreach (var range in parameters.Split(';'))
        {
            var one = parameters[range];
            var at = one.IndexOf('=');
            if (at > 0 && one[..at].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) return one[(at + 1)..].Trim();
        }

        return default;
    }

    private readonly ref struct Pair(ReadOnlySpan<char> name, ReadOnlySpan<char> parameters)
    {
        private readonly ReadOnlySpan<char> _name = name;
        private readonly ReadOnlySpan<char> _parameters = parameters;

        public void Deconstruct(out ReadOnlySpan<char> name, out ReadOnlySpan<char> parameters)
        {
            name = _name;
            parameters = _parameters;
        }
    }
}
