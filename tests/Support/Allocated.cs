namespace NodeAgent.Tests.Support;

/// <summary>Counts what is allocated on the calling thread.</summary>
public static class Allocated
{
    private const int Attempts = 20;

    /// <summary>
    /// The bytes that an action allocates: the least of some runs after a first one, as the runtime now and then counts something of its own,
    /// such as a method compiled anew or a table of casts that grows.
    /// </summary>
    public static long By(Action action)
    {
        action();
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
