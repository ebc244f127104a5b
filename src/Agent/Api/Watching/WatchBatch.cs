namespace NodeAgent.Api.Watching;

/// <summary>What brings a watcher to a version.</summary>
/// <param name="Version">The version that the last message completes.</param>
/// <param name="Messages">In order, each small enough for one gRPC message; may be made as they are sent, from a state that does not change.</param>
/// <param name="Publications">How many publications these messages stand for.</param>
public sealed record WatchBatch<TMessage>(long Version, IEnumerable<TMessage> Messages, int Publications)
{
    /// <summary>False where there is nothing to tell.</summary>
    public bool HasMessages { get; init; } = true;

    public static WatchBatch<TMessage> Nothing(long version) => new(version, [], 0) { HasMessages = false };
}
