namespace NodeAgent.Network.Health;

/// <summary>The states of a MAC address' verdict.</summary>
public static class MacWords
{
    /// <summary>Two guests of this node have it.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A guest of this node has it, and frames from it come in over an uplink as well.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>It moves between ports again and again.</summary>
    public const string Flapping = "flapping";
}
