namespace NodeAgent.Config;

/// <summary>storage: how multipath maps are judged.</summary>
public sealed record StorageSettings
{
    /// <summary>storage.flapping.changes: a map whose paths turned (went, or came back) this often ...</summary>
    public int FlappingChanges { get; init; } = 6;

    /// <summary>storage.flapping.window: ... within this time is flapping.</summary>
    public TimeSpan FlappingWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>storage.forgetAfter: what is remembered of a map that is not there any more is dropped after this time.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromDays(30);
}
