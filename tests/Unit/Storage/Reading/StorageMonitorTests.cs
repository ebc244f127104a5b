using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Storage;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Watching;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage.Reading;

public sealed class StorageMonitorTests : IDisposable
{
    private readonly HostTree _tree = HostTree.Empty();
    private readonly FakeDeviceMapper _kernel = new(5);
    private readonly Observer _observer = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void The_first_reading_is_all_and_the_next_what_an_event_was_about()
    {
        using var monitor = Start();
        var first = _observer.Next();
        Assert.Null(first.Changed);
        Assert.Null(first.Reading.EventTimestamp);
        Assert.Equal(5, first.Reading.Maps.Count);
        Assert.Equal(StorageSourceState.DeviceMapper, first.Reading.Source.State);

        _kernel.Fail(3, 0, 1);
        monitor.Look(new DmNumber(254, 3));
        var second = _observer.Next();
        Assert.Equal(["mpath3"], second.Changed);
        Assert.Equal(_clock.GetTimestamp(), second.Reading.EventTimestamp);
        Assert.Same(first.Reading.Maps[2], second.Reading.Maps[2]);
        Assert.Equal([false, false, true, true], second.Reading.Maps[3].Paths.Select(p => p.DmActive!.Value));
    }

    [Fact]
    public void What_no_event_told_the_slow_reading_finds()
    {
        using var monitor = Start();
        _observer.Next();
        _kernel.Fail(1, 2);
        _clock.Advance(StorageMonitor.Slow);
        monitor.Wake();
        var found = _observer.Next();
        Assert.Equal(["mpath1"], found.Changed);
        Assert.Null(found.Reading.EventTimestamp);
    }

    [Fact]
    public void A_device_mapper_that_hangs_is_told_and_so_is_its_return()
    {
        using var free = new ManualResetEvent(true);
        _kernel.Hang = free;
        using var monitor = Start();
        _observer.Next();
        free.Reset();
        monitor.Look(new DmNumber(254, 0));
        Assert.True(Wait.Until(() => _kernel.IsHanging));
        _clock.Advance(TimeSpan.FromSeconds(10));
        monitor.Wake();
        var stuck = _observer.Next();
        Assert.Equal(StorageSourceState.Failed, stuck.Reading.Source.State);
        Assert.Contains("device-mapper does not answer", stuck.Reading.Source.Reason);
        Assert.Equal(5, stuck.Reading.Maps.Count);

        free.Set();
        StorageReading last;
        do last = _observer.Next().Reading;
        while (last.Source.State == StorageSourceState.Failed);
        Assert.Equal(StorageSourceState.DeviceMapper, last.Source.State);
        Assert.All(last.Maps, m => Assert.Null(m.Error));
    }

    [Fact]
    public void An_observer_that_throws_is_told_of_the_next_all_the_same()
    {
        _observer.Throws = true;
        using var monitor = Start();
        _observer.Next();
        _kernel.Fail(0, 0);
        monitor.Look(new DmNumber(254, 0));
        Assert.Equal(["mpath0"], _observer.Next().Changed);
    }

    private StorageMonitor Start() => new(_tree.Paths, _clock, NullLogger.Instance, _observer, () => _kernel);

    private sealed class Observer : IStorageObserver
    {
        private readonly BlockingCollection<(StorageReading Reading, IReadOnlyCollection<string>? Changed)> _told = [];

        public bool Throws { get; set; }

        public void Read(StorageReading reading, IReadOnlyCollection<string>? changed)
        {
            _told.Add((reading, changed));
            if (Throws) throw new InvalidOperationException("not now");
        }

        public (StorageReading Reading, IReadOnlyCollection<string>? Changed) Next() =>
            _told.TryTake(out var told, TimeSpan.FromSeconds(60)) ? told : throw new TimeoutException("nothing was told");
    }
}
