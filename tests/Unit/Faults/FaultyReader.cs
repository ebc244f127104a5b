using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Unit.Faults;

/// <summary>A reader of host files that has to live with every fault of each of them.</summary>
/// <param name="Name">Of the reader and of its file in Golden/.</param>
/// <param name="Fixture">The tree it reads when all is well, below tests/fixtures.</param>
/// <param name="Read">Reads once; the result is taken apart by <see cref="ReadObjects"/>.</param>
/// <param name="Passing">Properties of the result that differ from run to run: times, durations.</param>
internal sealed record FaultyReader(string Name, string Fixture, Func<HostPaths, object> Read, params string[] Passing)
{
    /// <summary>Files that the recorded host did not have.</summary>
    public Action<HostTree>? Prepare { get; init; }

    public override string ToString() => Name;
}
