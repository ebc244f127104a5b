using NodeAgent.Network.Applying;

namespace NodeAgent.Api;

/// <summary>A change was not tried: another one was under way all the time that one may wait for it.</summary>
public sealed class EngineBusyException(WaitingTransaction? waiting)
    : Exception(waiting is null
        ? "another change is under way: try again when it has ended"
        : $"transaction {waiting.Id} of policy {waiting.Policy} waits to be confirmed until {waiting.Deadline.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: confirm it, roll it back, or wait for it")
{
    /// <summary>The transaction that waits to be confirmed; null where another one is in the middle of its work.</summary>
    public WaitingTransaction? Waiting { get; } = waiting;
}
