namespace NodeAgent.Config;

/// <summary>migration: how live migrations are followed.</summary>
public sealed record MigrationSettings
{
    /// <summary>migration.enabled: guests are looked for and their migrations followed.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>migration.rate: samples a second of a guest that migrates.</summary>
    public int Rate { get; init; } = 4;

    /// <summary>migration.grace: how long a migration that ended is listed and its metrics stay.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>migration.history: how many migrations that ended are kept on disk.</summary>
    public int History { get; init; } = 1000;

    /// <summary>migration.measureInterval: the least time between two measurements of a guest's dirty rate.</summary>
    public TimeSpan MeasureInterval { get; init; } = TimeSpan.FromSeconds(30);
}
