using System.Collections.Immutable;
using System.Text;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Store;
using NodeAgent.Verdicts;

namespace NodeAgent.Tests.Fuzz;

/// <summary>What the agent itself left on a disk that may have damaged it.</summary>
internal static class RecordTargets
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static IEnumerable<FuzzTarget> All =>
    [
        new("verdict-log", Line, () => static input => VerdictLogJson.Read(Encoding.UTF8.GetString(input))),
        new("storage-memory", Memory, () => ReadMemory),
    ];

    private static void ReadMemory(ReadOnlySpan<byte> input)
    {
        try
        {
            _ = MapMemoryJson.Read(Encoding.UTF8.GetString(input)).Count();
        }
        catch (FormatException)
        {
        }
    }

    private static byte[] Line(int seed) => Encoding.UTF8.GetBytes(seed % 3 == 0
        ? VerdictLogJson.Write(new RememberedVerdict(VerdictKind.Storage, $"mpath{seed}", "healthy", s_time))
        : VerdictLogJson.Write(new VerdictChange(s_time, VerdictKind.Storage, $"mpath{seed}", seed % 2 == 0 ? null : "healthy", seed % 5 == 0 ? null : new Verdict(VerdictKind.Storage, $"mpath{seed}", "failed", Severity.Critical, $"mpath{seed} has no \"path\""))));

    private static byte[] Memory(int seed) => Encoding.UTF8.GetBytes(MapMemoryJson.Write(Enumerable.Range(0, seed % 3).Select(i => KeyValuePair.Create($"w{i}", new RememberedMap(
        $"mpath{i}",
        new MapHistory { Best = new PathSpread(seed, 2, i, 1), State = MapState.Degraded, Since = s_time, Usable = i, Turns = [.. ImmutableArray.Create(s_time)], Lost = TimeSpan.FromSeconds(seed), LostSince = s_time },
        i == 0 ? null : s_time)))));
}
