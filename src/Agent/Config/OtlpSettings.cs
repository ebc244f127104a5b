namespace NodeAgent.Config;

/// <summary>metrics.otlp: the same metrics, pushed to an OpenTelemetry collector.</summary>
public sealed record OtlpSettings
{
    /// <summary>metrics.otlp.endpoint, such as http://172.16.0.30:4317. For http/protobuf the path is the user's, /v1/metrics is not appended.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>metrics.otlp.protocol</summary>
    public OtlpProtocol Protocol { get; init; } = OtlpProtocol.Grpc;

    /// <summary>metrics.otlp.interval: how often.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>metrics.otlp.headers, sent with every export.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Headers by what is in them: the same file read again says the same.</summary>
    public bool Equals(OtlpSettings? other) =>
        other is not null && Endpoint == other.Endpoint && Protocol == other.Protocol && Interval == other.Interval
        && Headers.Count == other.Headers.Count && Headers.All(h => other.Headers.TryGetValue(h.Key, out var value) && value == h.Value);

    public override int GetHashCode() => HashCode.Combine(Endpoint, Protocol, Interval, Headers.Count);
}
