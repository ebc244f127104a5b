namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>A sample as a scraper reads it.</summary>
internal sealed record ParsedSample(string Family, string Type, string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>What tells series apart.</summary>
    public string Key => $"{Name}{{{string.Join(',', Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))}}}";
}
