using System.Diagnostics;
using NodeAgent.Bench.Harness;
using NodeAgent.Native.DeviceMapper;
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

    public string Name => "maps";

    public string Description => $"reading {Many:n0} maps of 4 paths, all and one of them, beside {Few}";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        using var few = new Reading(Few);
        using var many = new Reading(Many);
        var refreshes = Compare(few.Refresh, many.Refresh, WarmUp, Rounds);
        var changes = Compare(few.Change, many.Change, Changes, Changes);

        report.Line($"everything: {Few} maps {refreshes[0]}");
        report.Line($"everything: {Many} maps {refreshes[1]}");
        report.Line($"one map: {Few} maps {changes[0]}");
        report.Line($"one map: {Many} maps {changes[1]}");
        report.Judge("refresh", refreshes[1].Cpu.Median);
        report.Judge("refresh-growth", refreshes[1].Cpu.Median / refreshes[0].Cpu.Median);
        report.Judge("refresh-kb", refreshes[1].Bytes / 1024.0);
        report.Judge("change", changes[1].Cpu.Median);
        report.Judge("change-growth", changes[1].Cpu.Median / changes[0].Cpu.Median);
        report.Judge("change-kb", changes[1].Bytes / 1024.0);
        var scrapes = Compare(few.Scrape, many.Scrape, WarmUp, Rounds);
        report.Line($"a scrape, files and sockets gone: {Few} maps {scrapes[0]}");
        report.Line($"a scrape, files and sockets gone: {Many} maps {scrapes[1]}");
        report.Judge("scrape", scrapes[1].Cpu.Median);
        report.Judge("scrape-growth", scrapes[1].Cpu.Median / scrapes[0].Cpu.Median);
        report.Judge("scrape-bytes", scrapes[1].Bytes);
        report.Judge("change-share", changes[1].Bytes / (double)refreshes[1].Bytes * Many);
    }

    private static Cost[] Compare(Action few, Action many, int warmUp, int rounds)
    {
        Cost[] costs = [new(few), new(many)];
        for (var round = 0; round < warmUp; round++)
        {
            few();
            many();
        }

        for (var round = 0; round < rounds; round++)
        {
            costs[round % 2].Once();
            costs[1 - round % 2].Once();
        }

        return costs;
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

        public void Once()
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var cpu = CpuClock.Process;
            Time.Add(Samples.Time(work));
            Cpu.Add(CpuClock.Process - cpu);
            _bytes.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
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
        private readonly MapsScrape _scrape;
        private int _turn;

        public Reading(int count)
        {
            _maps = new ManyMaps(count);
            _multipathd = new FakeMultipathd(_maps);
            _collector = new StorageCollector(_maps.Host, TimeProvider.System, () => new FakeDeviceMapper(_maps));
            _collector.AskAll();
            Settle();
            _scrape = new MapsScrape(_collector.Publish(out _)!, _maps);
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

        /// <summary>Nothing of the node is left to be read by then.</summary>
        public void Scrape()
        {
            if (Directory.Exists(_maps.Folder))
            {
                _multipathd.Dispose();
                _maps.Dispose();
            }

            _scrape.Run();
        }

        public void Dispose()
        {
            _collector.Dispose();
            _multipathd.Dispose();
            _scrape.Dispose();
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
