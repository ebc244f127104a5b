namespace NodeAgent.Cli.Watch;

/// <summary>One field of one link that changed; From is null where it appeared, To where it went.</summary>
public readonly record struct LinkChange(string Link, string Field, string? From, string? To);
