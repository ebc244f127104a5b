namespace NodeAgent.Config.Sections;

/// <summary>migration: how live migrations are followed.</summary>
internal static class MigrationSection
{
    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        OptionKinds.Word("migration.enabled", "whether guests are looked for and their migrations followed", [("true", true), ("false", false)], static c => c.Migration.Enabled, static (c, v) => c with { Migration = c.Migration with { Enabled = v } }) with { AtStart = true },
        OptionKinds.Number("migration.rate", "samples a second of a guest that migrates", 1, 10, static c => c.Migration.Rate, static (c, v) => c with { Migration = c.Migration with { Rate = v } }),
        OptionKinds.Duration("migration.grace", "how long a migration that ended is listed and its metrics stay", TimeSpan.Zero, TimeSpan.FromDays(1), static c => c.Migration.Grace, static (c, v) => c with { Migration = c.Migration with { Grace = v } }),
        OptionKinds.Number("migration.history", "how many migrations that ended are kept on disk", 1, 100_000, static c => c.Migration.History, static (c, v) => c with { Migration = c.Migration with { History = v } }) with { AtStart = true },
        OptionKinds.Duration("migration.measureInterval", "least time between two measurements of a guest's dirty rate", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), static c => c.Migration.MeasureInterval, static (c, v) => c with { Migration = c.Migration with { MeasureInterval = v } }),
    ];
}
