using Xunit;

// One after the other: they share a network namespace and two processors.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
