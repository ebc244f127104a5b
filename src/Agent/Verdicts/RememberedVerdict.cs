namespace NodeAgent.Verdicts;

/// <summary>How an object stood when the agent last ran.</summary>
/// <param name="Kind">Of the object.</param>
/// <param name="Object">Its name.</param>
/// <param name="State">The kind's word for how it stood.</param>
/// <param name="Since">When that began.</param>
public sealed record RememberedVerdict(string Kind, string Object, string State, DateTimeOffset Since);
