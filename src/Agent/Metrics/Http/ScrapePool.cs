using System.Collections.Concurrent;
using NodeAgent.Metrics.Exposition;

namespace NodeAgent.Metrics.Http;

/// <summary>Scrapes to be used again, as many at once as are allowed.</summary>
internal sealed class ScrapePool(int most)
{
    private readonly ConcurrentBag<Scrape> _idle = [];
    private int _out;

    /// <summary>Null where all are in use.</summary>
    public Scrape? Take()
    {
        if (Interlocked.Increment(ref _out) <= most) return _idle.TryTake(out var scrape) ? scrape : new Scrape();
        Interlocked.Decrement(ref _out);
        return null;
    }

    public void Return(Scrape scrape)
    {
        Interlocked.Decrement(ref _out);
        if (scrape.IsReusable) _idle.Add(scrape);
        else scrape.Dispose();
    }
}
