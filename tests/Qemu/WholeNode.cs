using Xunit;

namespace NodeAgent.Tests.Qemu;

/// <summary>Tests of an agent that follows every guest of the node, and takes their free monitors: one after another, and not beside tests that have guests of their own.</summary>
[CollectionDefinition(nameof(WholeNode), DisableParallelization = true)]
public sealed class WholeNode;
