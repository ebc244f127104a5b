namespace NodeAgent.Config;

/// <summary>When the agent stops putting the same thing right: somebody else keeps changing it back.</summary>
public sealed record DriftSettings
{
    /// <summary>drift.tugOfWar.repairs: this many of one repair ...</summary>
    public int TugOfWarRepairs { get; init; } = 5;

    /// <summary>drift.tugOfWar.window: ... within this time.</summary>
    public TimeSpan TugOfWarWindow { get; init; } = TimeSpan.FromSeconds(60);
}
