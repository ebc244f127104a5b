namespace NodeAgent.Network.Model;

/// <summary>The ipv4 or ipv6 section of an interface: null properties are not named and so not touched.</summary>
/// <example><code>
/// ipv4:
///   enabled: true
///   address:
///   - ip: 10.20.30.5
///     prefix-length: 16
/// </code></example>
public sealed record IpSpec
{
    public bool? Enabled { get; init; }

    /// <summary>The complete list of static addresses; null where not named.</summary>
    public IReadOnlyList<IpCidr>? Addresses { get; init; }

    public SourceMark Mark { get; init; }
}
