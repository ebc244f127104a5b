namespace NodeAgent.Network.Applying;

/// <summary>The answer to a confirm.</summary>
/// <param name="Done">False where there was nothing to confirm.</param>
/// <param name="Message">One sentence.</param>
public sealed record TransactionReply(bool Done, string Message);
