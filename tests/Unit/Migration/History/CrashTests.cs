using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.History;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.History;

/// <summary>The agent and the machine end at any point: what was told of is there, in its order, and nothing is there twice.</summary>
public sealed class CrashTests
{
    private const int Kept = 5;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_power_may_fail_at_any_byte(bool zeros)
    {
        for (long power = 0; ; power++)
        {
            var folder = new MemoryFolder { PowerFor = power, Zeros = zeros };
            var (told, started) = Live(folder);
            var next = Open(folder.Restarted());
            Told(told, next);
            if (started is { } id) Assert.True(Records.Ids(next).Contains($"m{id}") || next.TryResume(new GuestProcess(id, 7777), Records.Uuid, MigrationDirection.Outgoing) is not null, $"m{id} is lost");
            if (folder.IsDead) continue;
            Assert.Equal(Kept, told.Count);
            Assert.True(folder.Rewrites > 3, "it was never written anew");
            return;
        }
    }

    [Fact]
    public void Ten_thousand_lives_with_an_end_each()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var folder = new MemoryFolder { Zeros = seed % 2 == 0 };
            List<string> told = [];
            var under = new Dictionary<string, GuestProcess>();
            var number = 0;
            for (var life = 0; life < 3; life++)
            {
                folder = folder.Restarted();
                var history = Open(folder);
                Told(told, history);
                // All that is under way and was written is either there to be taken up, or was told of.
                foreach (var (id, process) in under)
                {
                    if (history.TryResume(process, Records.Uuid, MigrationDirection.Outgoing) is { } open) Assert.Equal(id, open.SoFar.Id);
                    else Assert.Contains(id, Records.Ids(history));
                }

                var process0 = new GuestProcess((life * 1000) + 1, 7777);
                folder.PowerFor = random.Next(8000);
                Dictionary<string, GuestProcess> begun = [];
                for (var step = 0; step < 12 && !folder.IsDead; step++)
                {
                    switch (random.Next(4))
                    {
                        case 0:
                            var status = Records.Status($"o{seed}.{number++}", (life * 1000) + step);
                            history.Happened(Records.Event(status, MigrationEventKind.Started, step), status);
                            begun[status.Id] = status.Guest.Process;
                            break;
                        case 1:
                            history.Ended(Records.Random(random, $"e{seed}.{number++}"));
                            break;
                        case 2 when begun.Count + under.Count > 0:
                            var ended = begun.Keys.Concat(under.Keys).ElementAt(random.Next(begun.Count + under.Count));
                            history.Ended(Records.Random(random, ended));
                            begun.Remove(ended);
                            under.Remove(ended);
                            break;
                        default:
                            if (!TryWrite(history)) break;
                            told = [.. Records.Ids(history)];
                            foreach (var (id, process) in begun) under[id] = process;
                            begun.Clear();
                            break;
                    }
                }
            }
        }
    }

    // What was told of in the end, and the last one whose start was written.
    private static (List<string> Told, int? Started) Live(MemoryFolder folder)
    {
        var history = Open(folder);
        List<string> told = [];
        int? started = null;
        for (var i = 0; i < 18 && !folder.IsDead; i++)
        {
            var status = Records.Status($"m{i}", i);
            history.Happened(Records.Event(status, MigrationEventKind.Started, i), status);
            if (!TryWrite(history)) break;
            started = i;
            history.Happened(Records.Event(status, MigrationEventKind.Pass, i, 1), status);
            history.Ended(Records.Record(i));
            if (!TryWrite(history)) break;
            told = [.. Records.Ids(history)];
        }

        return (told, started);
    }

    // What was told of, and perhaps what was being written: at the top, as the newest.
    private static void Told(List<string> told, IMigrationHistory next)
    {
        var there = Records.Ids(next).ToList();
        Assert.Equal(there.Distinct(), there);
        var newer = there.TakeWhile(id => !told.Contains(id)).Count();
        Assert.Equal(told.Take(Math.Max(0, Kept - newer)), there.Skip(newer));
    }

    private static bool TryWrite(MigrationHistory history)
    {
        try
        {
            history.Write();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static MigrationHistory Open(MemoryFolder folder) => new(folder, Kept, 1 << 20, "boot", NullLogger.Instance, threaded: false);
}
