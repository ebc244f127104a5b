using System.Collections.Concurrent;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Reading;
using NodeAgent.Storage.Sysfs;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage.Reading;

public sealed class PathCollectorTests
{
    private static readonly DeviceNumber s_well = new(8, 0);
    private static readonly DeviceNumber s_hanging = new(8, 16);

    [Fact]
    public void A_path_that_hangs_costs_the_others_nothing_and_is_read_once_it_comes_back()
    {
        var clock = new ManualClock();
        using var back = new ManualResetEventSlim();
        using var answers = new BlockingCollection<DeviceNumber>();
        using var hangs = new ManualResetEventSlim();
        using var collector = new PathCollector(() => new Reader(hangs, back), clock, () => [s_well, s_hanging], facts => facts.ForEach(f => answers.Add(f.Key)), () => { });
        collector.Ask(s_hanging);
        hangs.Wait();
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(Wait.Until(() =>
        {
            collector.Check();
            return collector.Stuck is not null;
        }));
        Assert.Contains("8:16", collector.Stuck);
        Assert.Equal(s_well, answers.Take());
        collector.Ask(s_well);
        Assert.Equal(s_well, answers.Take());

        back.Set();
        Assert.True(Wait.Until(() =>
        {
            collector.Check();
            return collector.Stuck is null;
        }));
        Assert.Equal([s_hanging, s_hanging], [answers.Take(), answers.Take()]);
    }

    private sealed class Reader(ManualResetEventSlim hangs, ManualResetEventSlim back) : IPathReader
    {
        public DeviceNumber Current { get; private set; }

        public PathFacts Read(DeviceNumber number)
        {
            Current = number;
            if (number != s_hanging) return PathFacts.Gone;
            hangs.Set();
            back.Wait();
            return PathFacts.Gone;
        }

        public void KeepOnly(IReadOnlyCollection<DeviceNumber> wanted)
        {
        }
    }
}
