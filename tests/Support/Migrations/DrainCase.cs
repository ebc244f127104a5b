using System.Globalization;
using System.Text.Json;
using NodeAgent.Migration.Drain;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Tests.Support.Migrations;

/// <summary>What could have been known of a recorded migration before it began, by the recorder's own table, and how long it took.</summary>
/// <param name="Timeline">Which.</param>
/// <param name="MemoryBytes">Of the guest.</param>
/// <param name="ResidentBytes">What of it was not zeros when it was sent the first time, or somewhat more; null: not told.</param>
/// <param name="BytesPerSecond">The bandwidth limit it had.</param>
/// <param name="DirtyBytesPerSecond">Unique bytes that the guest's program dirties in one second: what a perfect measurement of a second tells.</param>
/// <param name="DowntimeLimit">In force.</param>
/// <param name="Seconds">How long it took; null: it did not complete as it was begun (cancelled, failed, a limit raised, post-copy, throttled, compressed).</param>
public sealed record DrainCase(Timeline Timeline, long MemoryBytes, long? ResidentBytes, double BytesPerSecond, double DirtyBytesPerSecond, TimeSpan DowntimeLimit, double? Seconds)
{
    private const double MiB = 1 << 20;

    /// <summary>Every recorded migration whose guest and limits the recorder noted.</summary>
    public static IEnumerable<DrainCase> All => Timelines.All.Select(Of).OfType<DrainCase>();

    public GuestDrain Forecast()
    {
        var now = DateTimeOffset.UnixEpoch;
        var guest = new Guest(new GuestProcess(1, 1), "", Timeline.Name) { MemoryBytes = MemoryBytes };
        var state = new GuestState(guest, GuestSourceKind.Qmp) { DirtyRate = new DirtyRate((long)DirtyBytesPerSecond, DirtyRateMode.DirtyBitmap, TimeSpan.FromSeconds(1), now) };
        return DrainForecaster.Of(new DrainQuestion([new DrainGuest(state) { ResidentBytes = ResidentBytes }], now) { BytesPerSecond = BytesPerSecond, DowntimeLimit = DowntimeLimit }).Guests[0];
    }

    private static DrainCase? Of(Timeline timeline)
    {
        using var first = JsonDocument.Parse(File.ReadLines(timeline.File).First(static l => l.StartsWith('{')));
        if (!first.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("params", out var limits) || Dirtied(data) is not { } dirtied) return null;
        var trace = timeline.Read();
        var samples = trace.Entries.Where(static e => e.SyncedPass is null).Select(static e => e.Sample).ToList();
        var began = samples.Find(static s => s.Phase is MigrationPhase.Setup or MigrationPhase.Active);
        var memory = samples.Find(static s => s.TotalBytes is > 0).TotalBytes;
        if (memory is null || !limits.TryGetProperty("max_bandwidth", out var bandwidth)) return null;
        var resident = samples.FindLast(static s => s.Pass is null or <= 1 && s.NormalBytes is > 0).NormalBytes;
        var downtime = limits.TryGetProperty("downtime_limit", out var limit) ? limit.GetDouble() : 300;
        var steered = timeline.JudgedFrom > 0 || Has(data, "auto_converge") || Has(data, "auto-converge") || Has(data, "xbzrle");
        return new DrainCase(timeline, memory.Value, resident, bandwidth.GetDouble(), dirtied, TimeSpan.FromMilliseconds(downtime), steered ? null : timeline.EndOf(trace) - began.At.TotalSeconds);
    }

    private static bool Has(JsonElement data, string capability) => data.TryGetProperty("caps", out var caps) && caps.TryGetProperty(capability, out var on) && on.GetBoolean();

    // "hot=96 hotrate=15 cold=64 coldrate=2 seq=0": MiB and MiB/s, one after the other or at random. KVM guests: [rate, set].
    private static double? Dirtied(JsonElement data)
    {
        if (data.TryGetProperty("kvm", out var kvm) && kvm.ValueKind == JsonValueKind.Array) return Math.Min(kvm[0].GetDouble(), kvm[1].GetDouble()) * MiB;
        if (data.TryGetProperty("image", out var image)) return double.Parse(image.GetString()!.AsSpan("mb".Length), CultureInfo.InvariantCulture) * MiB;
        if (!data.TryGetProperty("append", out var append) || append.GetString() is not { } line) return null;
        var words = line.Split(' ').Select(static w => w.Split('=')).ToDictionary(static w => w[0], static w => double.Parse(w[1], CultureInfo.InvariantCulture));
        var random = words.TryGetValue("seq", out var order) && order == 0;
        return (Unique("hot") + Unique("cold")) * MiB;

        double Unique(string set)
        {
            var (size, rate) = (words.GetValueOrDefault(set), words.GetValueOrDefault(set + "rate"));
            return size <= 0 ? 0 : random ? size * (1 - Math.Exp(-rate / size)) : Math.Min(size, rate);
        }
    }
}
