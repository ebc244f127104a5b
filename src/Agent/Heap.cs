namespace NodeAgent;

/// <summary>The managed heap, for whoever leaves much behind that nothing needs again.</summary>
internal static class Heap
{
    /// <summary>
    /// Collects, and gives what is free back to the system: a daemon that sleeps would never do so by itself. It stops all threads for
    /// some milliseconds, so it is for the rare moments after a list of everything.
    /// </summary>
    public static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
