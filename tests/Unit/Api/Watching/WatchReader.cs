using NodeAgent.Api.V1;
using NodeAgent.Api.Watching;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Unit.Api.Watching;

/// <summary>A watcher of links.</summary>
internal sealed class WatchReader(IWatchView<WatchLinksResponse> view, ManualClock clock, WatchStart start, WatchCounts? counts) : WatchReader<WatchLinksResponse>(view, clock, start, counts)
{
    /// <summary>Ends once the watch has set its timer.</summary>
    public static Task IdleAsync(ManualClock clock) => clock.TimersAsync(1).WaitAsync(TimeSpan.FromSeconds(60));
}
