using System.Globalization;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp.Queries;
using NodeAgent.Migration.Qmp.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Qmp;

/// <summary>
/// Measures a dirty rate by calc-dirty-rate: by pages that it samples, or by what KVM keeps. QEMU 7.2 crashes where it is told to use a bitmap
/// or ring that an emulated CPU does not have, so it is asked for KVM first; and the bitmap is the migration's while there is one.
/// </summary>
/// <param name="guest">Who is measured.</param>
/// <param name="ask">Asks QEMU; what it refused is returned.</param>
/// <param name="time">How long it takes.</param>
internal sealed class DirtyRateMeasurement(Guest guest, Func<QmpQuery, CancellationToken, ValueTask<QmpError?>> ask, TimeProvider time)
{
    private const int MostSeconds = 60;
    private const long DefaultSamples = 512;
    private const long MostSamples = 16_384;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly int _pid = guest.Process.Pid;

    public async Task<DirtyRate> RunAsync(DirtyRateMode mode, TimeSpan period, CancellationToken cancellation)
    {
        await RefuseAsync(mode, cancellation).ConfigureAwait(false);
        var seconds = Math.Clamp((int)Math.Ceiling(period.TotalSeconds), 1, MostSeconds);
        var how = mode == DirtyRateMode.PageSampling ? Samples() : $",\"mode\":\"{NameOf(mode)}\""; // QEMU before 6.2 does not know the word
        var start = time.GetTimestamp();
        await BeginAsync(new QmpOrder("calc-dirty-rate", string.Create(CultureInfo.InvariantCulture, $"{{\"calc-time\":{seconds}{how}}}")), cancellation).ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellation).ConfigureAwait(false);
        var result = new DirtyRateQuery();
        while (true)
        {
            await Need(result, cancellation).ConfigureAwait(false);
            if (result.Reply is { Status: DirtyRateStatus.Measured, BytesPerSecond: { } rate }) return new DirtyRate(rate, result.Reply.Mode, result.Reply.Period, time.GetUtcNow());
            if (time.GetElapsedTime(start) > TimeSpan.FromSeconds(seconds) + s_patience)
                throw new GuestSourceException(GuestSourceFault.Failed, $"QEMU (pid {_pid}) has not measured the dirty rate in {time.GetElapsedTime(start).TotalSeconds:0} s: expected a result after {seconds} s");
            await Task.Delay(s_look, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// How many pages of each GiB: QEMU's own 512 leave a small guest with so few that the result is off by a fifth. Reading 16,384 pages
    /// twice takes QEMU about 20 ms, beside the guest.
    /// </summary>
    private string Samples() => guest.MemoryBytes is > 0 and var bytes
        ? string.Create(CultureInfo.InvariantCulture, $",\"sample-pages\":{Math.Clamp(MostSamples * (1L << 30) / bytes, DefaultSamples, MostSamples)}")
        : "";

    private async Task RefuseAsync(DirtyRateMode mode, CancellationToken cancellation)
    {
        if (mode == DirtyRateMode.DirtyRing && guest.DirtyRingSize == 0) throw Unsupported("it has no dirty ring (-accel kvm,dirty-ring-size=4096); measure by its bitmap or by sampling pages");
        if (mode == DirtyRateMode.DirtyBitmap && guest.DirtyRingSize > 0) throw Unsupported("it has a dirty ring in place of a bitmap; measure by its ring or by sampling pages");
        if (mode != DirtyRateMode.PageSampling)
        {
            var kvm = new KvmQuery();
            await Need(kvm, cancellation).ConfigureAwait(false);
            if (!kvm.Enabled) throw Unsupported("its CPU is emulated, and bitmap and ring are KVM's; measure by sampling pages");
        }

        var migration = new MigrateQuery();
        await Need(migration, cancellation).ConfigureAwait(false);
        if (migration.Sample.Phase is { } phase && phase != MigrationPhase.None && !phase.IsTerminal() && !guest.Incoming) throw Busy($"it migrates ({phase.Name()})");
        var last = new DirtyRateQuery();
        await Need(last, cancellation).ConfigureAwait(false);
        if (last.Reply.Status == DirtyRateStatus.Measuring) throw Busy("its dirty rate is being measured already");
    }

    private async Task BeginAsync(QmpOrder order, CancellationToken cancellation)
    {
        if (await ask(order, cancellation).ConfigureAwait(false) is not { } error) return;
        if (error.Description.Contains("already being measured", StringComparison.Ordinal)) throw Busy("its dirty rate is being measured already");
        if (error.IsUnknownCommand || error.Description.Contains("not enabled", StringComparison.Ordinal)) throw Unsupported(error.Description);
        throw new GuestSourceException(GuestSourceFault.Failed, $"QEMU (pid {_pid}) refused {order.Command}: {error.Description}");
    }

    private async Task Need(QmpQuery query, CancellationToken cancellation)
    {
        if (await ask(query, cancellation).ConfigureAwait(false) is { } error)
            throw new GuestSourceException(error.IsUnknownCommand ? GuestSourceFault.Unsupported : GuestSourceFault.Failed, $"QEMU (pid {_pid}) refused {query.Command}: {error.Description}");
    }

    private GuestSourceException Unsupported(string why) => new(GuestSourceFault.Unsupported, $"the dirty rate of this guest (pid {_pid}) cannot be measured so: {why}");

    private GuestSourceException Busy(string why) => new(GuestSourceFault.Busy, $"the dirty rate of this guest (pid {_pid}) cannot be measured now: {why}");

    private static string NameOf(DirtyRateMode mode) => mode == DirtyRateMode.DirtyRing ? "dirty-ring" : "dirty-bitmap";
}
