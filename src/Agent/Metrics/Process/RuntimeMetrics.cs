using System.Runtime.InteropServices;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Process;

/// <summary>The .NET runtime: garbage collection and the thread pool. Nothing of it takes I/O.</summary>
internal static class RuntimeMetrics
{
    public static void Register(MetricRegistry registry)
    {
        registry.Observe("dotnet_gc_collections_total", MetricType.Counter, "Garbage collections, by the oldest generation collected.",
            [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => (new LabelSet(("generation", $"{generation}")), (Func<double>)(() => CollectionsOf(generation))))]);
        registry.Observe("dotnet_gc_heap_size_bytes", MetricType.Gauge, "Managed memory in use, garbage not yet collected included.", static () => GC.GetTotalMemory(false));
        registry.Observe("dotnet_gc_allocated_bytes_total", MetricType.Counter, "Managed memory allocated since the start.", static () => GC.GetTotalAllocatedBytes());
        registry.Observe("dotnet_gc_pause_seconds_total", MetricType.Counter, "Time the process stood still for garbage collection.", static () => GC.GetTotalPauseDuration().TotalSeconds);
        registry.Observe("dotnet_threadpool_threads", MetricType.Gauge, "Threads of the thread pool.", static () => ThreadPool.ThreadCount);
        registry.Observe("dotnet_threadpool_queue_length", MetricType.Gauge, "Work items that wait for a thread.", static () => ThreadPool.PendingWorkItemCount);
        registry.Info("nodeagent_build_info", "Version of the agent and of the .NET runtime it runs on.", ("version", AgentVersion.Text), ("runtime", RuntimeInformation.FrameworkDescription), ("arch", RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()));
    }

    // CollectionCount of a generation counts those of older ones too.
    private static double CollectionsOf(int generation) =>
        GC.CollectionCount(generation) - (generation < GC.MaxGeneration ? GC.CollectionCount(generation + 1) : 0);
}
