using NodeAgent.Network.Spec.Reading;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Config.Sections;

/// <summary>metrics.otlp</summary>
internal static class OtlpSection
{
    private static readonly (string, OtlpProtocol)[] s_protocols = [("grpc", OtlpProtocol.Grpc), ("http/protobuf", OtlpProtocol.HttpProtobuf)];

    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        new ConfigurationOption
        {
            Key = "metrics.otlp.endpoint",
            Description = "OpenTelemetry collector that metrics are pushed to",
            Expected = "a URL such as http://172.16.0.30:4317",
            ValueName = "URL",
            Show = static c => c.Metrics.Otlp?.Endpoint?.OriginalString ?? "",
            Parse = static (c, text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? Set(c, o => o with { Endpoint = uri }) : null,
        },
        OptionKinds.Word("metrics.otlp.protocol", "how it is spoken to", s_protocols, static c => Of(c).Protocol, static (c, v) => Set(c, o => o with { Protocol = v })),
        OptionKinds.Duration("metrics.otlp.interval", "how often", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), static c => Of(c).Interval, static (c, v) => Set(c, o => o with { Interval = v })),
        new ConfigurationOption
        {
            Key = "metrics.otlp.headers",
            Description = "headers sent to it",
            Expected = "NAME=VALUE, such as authorization=Bearer%20abc (a comma in a value as %2C)",
            ValueName = "NAME=VALUE",
            IsSecret = true,
            Show = static c => string.Join(',', Of(c).Headers.OrderBy(static h => h.Key, StringComparer.Ordinal).Select(static h => $"{h.Key}={Uri.EscapeDataString(h.Value)}")),
            Parse = ParseHeaders,
            Read = ReadHeaders,
        },
    ];

    private static OtlpSettings Of(AgentConfiguration configuration) => configuration.Metrics.Otlp ?? new OtlpSettings();

    private static AgentConfiguration Set(AgentConfiguration configuration, Func<OtlpSettings, OtlpSettings> change) =>
        configuration with { Metrics = configuration.Metrics with { Otlp = change(Of(configuration)) } };

    private static AgentConfiguration? ParseHeaders(AgentConfiguration configuration, string text)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !IsToken(part[..equals])) return null;
            var value = Uri.UnescapeDataString(part[(equals + 1)..]);
            if (!IsHeaderValue(value)) return null;
            headers[part[..equals]] = value;
        }

        return Set(configuration, o => o with { Headers = headers });
    }

    private static AgentConfiguration ReadHeaders(AgentConfiguration configuration, YamlNode node, ReadContext context)
    {
        if (context.Map(node, "metrics.otlp.headers", "a map of header names and values") is not { } map) return configuration;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in map.Entries)
        {
            var path = "metrics.otlp.headers." + entry.Key;
            if (!IsToken(entry.Key)) context.Error(entry.Mark, path, "is not the name of a header: letters, digits and -");
            else if (entry.Value is YamlScalar { IsNull: false } scalar && IsHeaderValue(scalar.Text)) headers[entry.Key] = scalar.Text;
            else context.Error(entry.Value.Mark, path, "expected a value of printable ASCII");
        }

        return Set(configuration, o => o with { Headers = headers });
    }

    private static bool IsToken(string name) => name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static bool IsHeaderValue(string value) => value.All(static c => c is >= ' ' and <= '~');
}
