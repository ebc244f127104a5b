namespace NodeAgent.Network.Applying;

/// <summary>A policy in the ledger: when it was committed, and the document that puts back what it changed.</summary>
/// <param name="Applied">The last commit.</param>
/// <param name="Generation">Counts its texts: the same one applied again is the same generation.</param>
/// <param name="Digest">SHA-256 of the text that was committed.</param>
/// <param name="Undo">nmstate YAML.</param>
public sealed record PolicyEntry(DateTimeOffset Applied, long Generation, string Digest, string Undo);
