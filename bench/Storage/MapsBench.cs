using System.Diagnostics;
using NodeAgent.Bench.Harness;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Reading;

namespace NodeAgent.Bench.Storage;

/// <summary>
/// Reading storage with 1,000 maps of four paths each, beside 100: everything anew, as every 30 s, and one map that changed, as an event asks for.
/// sysfs is a folder, device-mapper and multipathd say what real ones would.
/// </summary>
internal sealed class MapsBench : IBench
{
    private const int Few = 100;
    private const int Many = 1000;
    private const int WarmUp = 15;
    private const int Rounds = 15;
    private const int Changes = 200;
    private const int ScrapeRounds = 60;

    public string Name => "maps";

    public string Description => $"reading {Many:n0} maps of 4 paths, all and one of them, beside {Few}";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        using var few = new Reading(Few);
        using var many = new Reading(Many);
        Compared refreshes = new(few.Refresh, many.Refresh, WarmUp, Rounds), changes = new(few.Change, many.Change, Changes, Changes);

        report.Line($"everything: {Few} maps {refreshes.Few}");
        report.Line($"everything: {Many} maps {refreshes.Many}");
        report.Line($"one map: {Few} maps {changes.Few}");
        report.Line($"one map: {Many} maps {changes.Many}");
        report.Judge("refresh", refreshes.Many.Cpu.Median);
        report.Judge("refresh-growth", refreshes.Growth);
        report.Judge("refresh-kb", refreshes.Many.Bytes / 1024.0);
        report.Judge("change", changes.Many.Cpu.Median);
        report.Judge("change-growth", changes.Growth);
        report.Judge("change-kb", changes.Many.Bytes / 1024.0);
        // Ten small nodes beside a large one: both sides take as long, and find as little of what they write in the processor's caches.
        using var scrapers = few.Scrapers(Many / Few);
        using var scraper = many.Scrapers(1);
        var scrapes = new Compared(scrapers.Run, scraper.Run, ScrapeRounds, ScrapeRounds);
        report.Line($"a scrape, files and sockets gone: {Many / Few} times {Few} maps {scrapes.Few}");
        report.Line($"a scrape, files and sockets gone: {Many} maps {scrapes.Many}");
        report.Judge("scrape", scrapes.Many.Cpu.Median);
        report.Judge("scrape-growth", scrapes.Growth * (Many / Few));
        report.Judge("scrape-bytes", scrapes.Many.Bytes);
        report.Judge("change-share", changes.Many.Bytes / (double)refreshes.Many.Bytes * Many);
    }

    /// <summary>The same work beside few maps and beside many, by turns.</summary>
    private sealed class Compared
    {
        private readonly List<double> _ratios = [];

        public Compared(Action few, Action many, int warmUp, int rounds)
        {
            (Few, Many) = (new Cost(few), new Cost(many));
            for (var round = 0; round < warmUp; round++)
            {
                few();
                many();
            }

            for (var round = 0; round < rounds; round++)
            {
                var first = round % 2 == 0 ? Few : Many;
                var (a, b) = (first.Once(), (first == Few ? Many : Few).Once());
                _ratios.Add(first == Few ? b / a : a / b);
            }
        }

        public Cost Few { get; }

        public Cost Many { get; }

        /// <summary>CPU time of many by that of few, at the median: of two that were measured one right after the other, so that who else uses the machine meets both.</summary>
        public double Growth => _ratios.Order().ElementAt(_ratios.Count / 2);
    }

    /// <summary>What one kind of reading takes.</summary>
    private sealed class Cost(Action work)
    {
        private readonly List<long> _bytes = [];

        public Samples Time { get; } = new();

        /// <summary>Of all threads.</summary>
        public Samples Cpu { get; } = new();

        /// <summary>Allocated by one, all threads together, at the median.</summary>
        public long Bytes => _bytes.Order().ElementAt(_bytes.Count / 2);

        /// <summary>Its CPU time.</summary>
        public TimeSpan Once()
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var start = CpuClock.Process;
            Time.Add(Samples.Time(work));
            var cpu = CpuClock.Process - start;
            Cpu.Add(cpu);
            _bytes.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
            return cpu;
        }

        public override string ToString() => $"{Time}; {Cpu.Median:0.00} ms of CPU time, {Bytes / 1024.0:0.0} KB allocated";
    }

    /// <summary>A node's storage and who reads it.</summary>
    private sealed class Reading : IDisposable
    {
        private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

        private readonly ManyMaps _maps;
        private readonly FakeMultipathd _multipathd;
        private readonly StorageCollector _collector;
        private readonly StorageReading _reading;
        private int _turn;

        public Reading(int count)
        {
            _maps = new ManyMaps(count);
            _multipathd = new FakeMultipathd(_maps);
            _collector = new StorageCollector(_maps.Host, TimeProvider.System, () => new FakeDeviceMapper(_maps));
            _collector.AskAll();
            Settle();
            _reading = _collector.Publish(out _)!;
            if (_collector.Maps.Count != count) throw new InvalidOperationException($"{_collector.Maps.Count} maps were read of {count}.");
        }

        public void Refresh()
        {
            _collector.AskAll();
            Settle();
            _collector.Publish(out _);
        }

        /// <summary>A path of another map each time fails or comes back.</summary>
        public void Change()
        {
            var map = _turn / 2 % _maps.Count;
            _maps.Set(map, 0, failed: _turn++ % 2 == 0);
            var (major, minor) = ManyMaps.Number(map);
            _collector.AskDevice(new DmNumber(major, minor), null);
            Settle();
            if (_collector.Publish(out var changed) is null || changed.Count != 1) throw new InvalidOperationException($"{changed.Count} maps changed, not one.");
        }

        /// <summary>Who scrapes as many nodes that are as this one was first; nothing of this one is left to be read then.</summary>
        public MapsScrape Scrapers(int nodes)
        {
            _multipathd.Dispose();
            _maps.Dispose();
            return new MapsScrape(_reading, _maps, nodes);
        }

        public void Dispose()
        {
            _collector.Dispose();
            _multipathd.Dispose();
            _maps.Dispose();
        }

        private void Settle()
        {
            var start = Stopwatch.GetTimestamp();
            do _collector.Turn(TimeSpan.FromMilliseconds(100));
            while (!_collector.IsSettled && Stopwatch.GetElapsedTime(start) < s_limit);
        }
    }
}
