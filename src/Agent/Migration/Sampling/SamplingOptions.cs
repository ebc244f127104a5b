using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <summary>What the sampler works with.</summary>
public sealed record SamplingOptions
{
    /// <summary>In the order in which they are tried for a guest.</summary>
    public required IReadOnlyList<IGuestSourceFactory> Factories { get; init; }

    /// <summary>Samples a second of a guest that migrates.</summary>
    public int Rate { get; init; } = 4;

    /// <summary>What was under way when the agent ended last; null: nothing is known.</summary>
    public IOpenMigrations? Open { get; init; }

    /// <summary>Finds the other end of a guest's migration; may take a while.</summary>
    public Func<GuestProcess, string?> FindPeer { get; init; } = static _ => null;

    /// <summary>The name of this node, for migrations that stay on it.</summary>
    public Func<string?> NodeName { get; init; } = static () => null;

    /// <summary>Is told of each sample; null: nobody is.</summary>
    public ISamplingObserver? Observer { get; init; }
}
