namespace NodeAgent.Network.Planning;

/// <summary>One field that a step changes; From is null where there was nothing, To where nothing remains.</summary>
public sealed record Change(string Field, string? From, string? To);
