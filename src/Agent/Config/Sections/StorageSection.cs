namespace NodeAgent.Config.Sections;

/// <summary>storage: how multipath maps are judged.</summary>
internal static class StorageSection
{
    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        OptionKinds.Number("storage.flapping.changes", "a map whose paths go or come back this often ...", 2, 100, static c => c.Storage.FlappingChanges, static (c, v) => c with { Storage = c.Storage with { FlappingChanges = v } }),
        OptionKinds.Duration("storage.flapping.window", "... within this time is flapping", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), static c => c.Storage.FlappingWindow, static (c, v) => c with { Storage = c.Storage with { FlappingWindow = v } }),
        OptionKinds.Duration("storage.forgetAfter", "how long the best path count of a map that is gone is remembered", TimeSpan.FromHours(1), TimeSpan.FromDays(365), static c => c.Storage.ForgetAfter, static (c, v) => c with { Storage = c.Storage with { ForgetAfter = v } }),
    ];
}
