namespace NodeAgent.Network.Drift;

/// <summary>When repairing stops.</summary>
public sealed record DriftOptions
{
    /// <summary>The same repair this often within <see cref="TugOfWarWindow"/> is a tug of war.</summary>
    public int TugOfWarRepairs { get; init; } = 5;

    public TimeSpan TugOfWarWindow { get; init; } = TimeSpan.FromSeconds(60);
}
