using Xunit;

// The tests here share one machine's links, one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
