namespace NodeAgent.Network.Spec.Yaml;

/// <summary>What a document may cost: far above any real node's, far below what hurts the agent.</summary>
internal static class YamlLimits
{
    /// <summary>Length of a document in bytes; 4,000 interfaces with all their options take about 1 MiB.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>Maps and lists within each other; nmstate's schema has nine levels.</summary>
    public const int MaxDepth = 64;

    /// <summary>Nodes once every alias is put in place, so that a few lines cannot become a billion nodes.</summary>
    public const int MaxNodes = 1_000_000;
}
