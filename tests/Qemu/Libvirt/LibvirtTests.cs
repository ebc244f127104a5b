using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.Libvirt;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Support.Libvirt;
using Xunit;

namespace NodeAgent.Tests.Qemu.Libvirt;

/// <summary>Real guests through real daemons, each reached through the root of its guest's own process.</summary>
public sealed class LibvirtTests(TwoNodes nodes) : IClassFixture<TwoNodes>, IAsyncLifetime
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(0.1);

    private readonly LibvirtSources _sources = new(HostPaths.Default, TimeProvider.System, NullLogger.Instance);
    private readonly HeardEvents _heard = new();
    private LibvirtGuest? _domain;

    private LibvirtNode Source => nodes.Source;

    private LibvirtNode Destination => nodes.Destination;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _sources.DisposeAsync();
        _domain?.End(Source, Destination);
    }

    [SkippableFact]
    public async Task A_migration_is_followed_from_its_first_pass_to_its_record_which_stays_for_others()
    {
        _domain = new LibvirtGuest("follow me").Start(Source);
        var guest = Source.Guest(_domain);
        await using var source = await OpenAsync(guest);
        Assert.Equal(MigrationPhase.None, (await source.SampleAsync(CancellationToken.None)).Phase);
        Source.Virsh("migrate-setspeed", _domain.Name, "24");
        Source.Virsh("migrate-setmaxdowntime", _domain.Name, "400");
        using var migration = Source.Migrate(_domain, Destination);
        var arriving = Destination.Guest(_domain);
        Assert.True(arriving.Incoming);
        var arrived = new HeardEvents();
        await using var destination = (await _sources.TryOpenAsync(arriving, arrived, CancellationToken.None))!;
        Assert.Equal(2, _sources.Daemons);
        Assert.Contains((await destination.SampleAsync(CancellationToken.None)).Phase, (MigrationPhase?[])[MigrationPhase.Active, MigrationPhase.Completed]);

        var samples = await FollowAsync(source);
        Assert.Equal((MigrationPhase.Completed, 0), (samples[^1].Phase, LibvirtNode.AwaitEnd(migration)));
        var active = samples.Where(static s => s.Phase == MigrationPhase.Active).ToList();
        Assert.All(active, static s => Assert.InRange(s.RemainingBytes!.Value, 0, s.TotalBytes!.Value));
        Assert.InRange(active.Max(static s => s.TransferBytesPerSecond ?? 0), 4 << 20, 48 << 20);
        Assert.Contains(active, static s => s.DowntimeLimit == TimeSpan.FromMilliseconds(400));
        Assert.Contains(SourceEventKind.Pass, _heard.Kinds);
        Assert.Contains(SourceEventKind.Stopped, _heard.Kinds);
        var completed = _heard.Await(SourceEventKind.Completed).Statistics;
        Assert.Equal(MigrationPhase.Completed, completed.Phase);
        Assert.InRange(completed.Downtime!.Value, TimeSpan.FromMilliseconds(1), completed.Elapsed!.Value);

        // The guest said how much it wrote: what was found dirty is that, as far as passes are long enough to tell.
        DirtiedRate.AssertReported(_domain.Truth, active.Max(static s => s.DirtyBytesPerSecond ?? 0), 0.5, 1.3);

        arrived.Await(SourceEventKind.Resumed);
        await Until(async () => (await destination.SampleAsync(CancellationToken.None)).Phase is MigrationPhase.Completed or MigrationPhase.None);

        // Ours was read with every sample since its end, and is still there, until virsh takes it.
        Assert.Equal(MigrationPhase.Completed, (await source.SampleAsync(CancellationToken.None)).Phase);
        Assert.Contains("Completed", Source.Virsh("domjobinfo", _domain.Name, "--completed", "--keep-completed"));
        Assert.Contains("Completed", Source.Virsh("domjobinfo", _domain.Name, "--completed"));
        Assert.DoesNotContain("Completed", Source.Virsh("domjobinfo", _domain.Name, "--completed"));
    }

    [SkippableFact]
    public async Task A_migration_that_is_cancelled_one_whose_destination_dies_and_daemons_that_go_away()
    {
        // One guest for all: it dirties more than may be sent, and stays.
        _domain = new LibvirtGuest("stay") { HotRate = 24 }.Start(Source);
        Source.Virsh("migrate-setspeed", _domain.Name, "8");
        await using var source = await OpenAsync(Source.Guest(_domain));

        using (var migration = await BeginAsync(source))
        {
            Source.Virsh("domjobabort", _domain.Name);
            Assert.Equal(MigrationPhase.Cancelled, (await FollowAsync(source))[^1].Phase);
            LibvirtNode.AwaitEnd(migration);
        }

        using (var migration = await BeginAsync(source))
        {
            foreach (var qemu in Destination.Qemus) Command.Run("kill", "-KILL", qemu.ToString(CultureInfo.InvariantCulture));
            var end = (await FollowAsync(source))[^1];

            // libvirt says that it failed only in the moment before it forgets the job: who asks later hears that it may have.
            if (end.Phase != MigrationPhase.Failed) Assert.Equal((MigrationPhase.Cancelled, "it was cancelled, or failed: libvirt says only that the guest goes on here"), (end.Phase, end.Error));
            Assert.NotEqual(0, LibvirtNode.AwaitEnd(migration));
        }

        using (var migration = await BeginAsync(source))
        {
            Source.Signal("STOP");
            var lost = "";
            await Until(async () => (lost = (await AskAsync(source)).Error) is not null);
            Assert.Contains("does not answer within 2 s", lost);
            _heard.Await(SourceEventKind.Lost);
            Source.Signal("CONT");
            _heard.Await(SourceEventKind.Look);
            Assert.Equal(MigrationPhase.Active, (await Until(source, static s => s.Phase is not null)).Phase);

            Source.Signal("KILL");
            Assert.Contains("closed the connection", _heard.Await(SourceEventKind.Lost, 2).Reason);
            _heard.Await(SourceEventKind.Look, 2);

            // libvirtd that is started again cancels what it finds under way.
            Assert.Equal(MigrationPhase.Cancelled, (await FollowAsync(source))[^1].Phase);
            LibvirtNode.AwaitEnd(migration);
        }

        Source.Down();
        _heard.Await(SourceEventKind.Lost, 3);
        await Assert.ThrowsAsync<GuestSourceException>(() => source.SampleAsync(CancellationToken.None).AsTask());
        Source.Up();
        _heard.Await(SourceEventKind.Look, 3);
        Assert.Equal(MigrationPhase.None, (await source.SampleAsync(CancellationToken.None)).Phase);
    }

    [SkippableFact]
    public async Task A_dirty_rate_is_measured_and_is_what_the_guest_says()
    {
        _domain = new LibvirtGuest("measured") { Hot = 64, HotRate = 16 }.Start(Source);
        await using var source = await OpenAsync(Source.Guest(_domain));
        Assert.Null(await source.LastDirtyRateAsync(CancellationToken.None));
        var measured = await source.MeasureAsync(DirtyRateMode.PageSampling, TimeSpan.FromSeconds(2), CancellationToken.None);

        // Of 192 MiB only some pages are looked at.
        DirtiedRate.AssertReported(_domain.Truth, measured.BytesPerSecond, 0.3, 2);
        Assert.Equal((DirtyRateMode.PageSampling, TimeSpan.FromSeconds(2)), (measured.Mode, measured.Period));
        Assert.InRange(measured.MeasuredAt, DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1), DateTimeOffset.UtcNow + TimeSpan.FromSeconds(3));
        Assert.Equal(measured.BytesPerSecond, (await source.LastDirtyRateAsync(CancellationToken.None))!.BytesPerSecond);

        // What would end a guest without KVM is not asked for.
        await Assert.ThrowsAsync<GuestSourceException>(() => source.MeasureAsync(DirtyRateMode.DirtyBitmap, TimeSpan.FromSeconds(1), CancellationToken.None).AsTask());

        Source.Virsh("migrate-setspeed", _domain.Name, "8");
        using var migration = await BeginAsync(source);
        var busy = await Assert.ThrowsAsync<GuestSourceException>(() => source.MeasureAsync(DirtyRateMode.PageSampling, TimeSpan.FromSeconds(1), CancellationToken.None).AsTask());
        Assert.Equal(GuestSourceFault.Busy, busy.Fault);
        Source.Virsh("domjobabort", _domain.Name);
        LibvirtNode.AwaitEnd(migration);
    }

    [SkippableFact]
    public async Task A_guest_that_writes_too_fast_is_finished_by_post_copy()
    {
        _domain = new LibvirtGuest("hurry") { HotRate = 24 }.Start(Source);
        Source.Virsh("migrate-setspeed", _domain.Name, "8");
        Source.Virsh("migrate-setspeed", "--postcopy", _domain.Name, "8");
        var guest = Source.Guest(_domain);
        await using var source = await OpenAsync(guest);
        using var migration = await BeginAsync(source, "--postcopy");
        await using var destination = (await _sources.TryOpenAsync(Destination.Guest(_domain), new HeardEvents(), CancellationToken.None))!;
        _heard.Await(SourceEventKind.Pass, 2);
        Source.Virsh("migrate-postcopy", _domain.Name);

        var samples = await FollowAsync(source);
        Assert.Equal((MigrationPhase.Completed, 0), (samples[^1].Phase, LibvirtNode.AwaitEnd(migration)));
        var phases = _heard.All.Where(e => e.Guest == guest.Process && e.Heard.Kind == SourceEventKind.Phase).Select(static e => e.Heard.Phase);
        Assert.Contains(MigrationPhase.PostcopyActive, phases);
        var fetched = samples.Where(static s => s.Phase == MigrationPhase.PostcopyActive).ToList();
        Assert.NotEmpty(fetched);
        Assert.All(fetched.Zip(fetched.Skip(1)), static pair => Assert.True(pair.First.RemainingBytes >= pair.Second.RemainingBytes, "what is left only shrinks once the guest runs there"));
        Assert.Contains(SourceEventKind.Stopped, _heard.Kinds);
        await Until(async () => (await destination.SampleAsync(CancellationToken.None)).Phase is MigrationPhase.Completed or MigrationPhase.None);
    }

    [SkippableTheory]
    [InlineData(0, DirtyRateMode.DirtyBitmap, DirtyRateMode.DirtyRing)]
    [InlineData(4096, DirtyRateMode.DirtyRing, DirtyRateMode.DirtyBitmap)]
    public async Task Under_KVM_bitmap_and_ring_measure_and_a_name_may_hold_lines(int ring, DirtyRateMode has, DirtyRateMode lacks)
    {
        _domain = new LibvirtGuest("a  b,ü=ß\nline two") { Transient = true, Kvm = true, DirtyRingSize = ring, HotRate = 20, Hot = 64 }.Start(Source);
        var guest = Source.Guest(_domain);
        Assert.Equal((_domain.Name, true, ring), (guest.Domain, guest.Kvm, guest.DirtyRingSize));
        await using (var byName = await OpenAsync(guest with { Uuid = "" })) Assert.Equal(MigrationPhase.None, (await byName.SampleAsync(CancellationToken.None)).Phase);
        await using var source = await OpenAsync(guest);
        foreach (var mode in (DirtyRateMode[])[DirtyRateMode.PageSampling, has]) await KvmRate.AssertMeasuredAsync(source, mode, _domain.HotRate);

        var refused = await Assert.ThrowsAsync<GuestSourceException>(() => source.MeasureAsync(lacks, TimeSpan.FromSeconds(1), CancellationToken.None).AsTask());
        Assert.Equal(GuestSourceFault.Unsupported, refused.Fault);
        using var migration = Source.Migrate(_domain, Destination);

        // libvirt knows nothing of it afterwards: what it said at the end stands in for the record.
        Assert.Equal(MigrationPhase.Completed, (await FollowAsync(source))[^1].Phase);
        LibvirtNode.AwaitEnd(migration);
    }

    private async Task<IGuestSource> OpenAsync(Guest guest) => await _sources.TryOpenAsync(guest, _heard, CancellationToken.None) ?? throw new InvalidOperationException("no source");

    /// <summary>A migration with counters.</summary>
    private async Task<System.Diagnostics.Process> BeginAsync(IGuestSource source, params string[] options)
    {
        var migration = Source.Migrate(_domain!, Destination, options);
        await Until(source, static s => s is { Phase: MigrationPhase.Active, RemainingBytes: > 0 });
        return migration;
    }

    /// <summary>Samples to the end, the last one with it.</summary>
    private static async Task<List<MigrationSample>> FollowAsync(IGuestSource source)
    {
        var samples = new List<MigrationSample>();
        await Until(async () =>
        {
            if ((await AskAsync(source)).Sample is not { } sample) return false;
            samples.Add(sample);
            return sample.Phase?.IsTerminal() is true;
        });
        return samples;
    }

    private static async Task<MigrationSample> Until(IGuestSource source, Func<MigrationSample, bool> holds)
    {
        var last = default(MigrationSample);
        await Until(async () => (await AskAsync(source)).Sample is { } sample && holds(last = sample));
        return last;
    }

    /// <summary>No answer in time, on a busy machine; or none any more, as libvirt forgets a domain before it tells that its migration is completed: asked again.</summary>
    private static async Task<(MigrationSample? Sample, string? Error)> AskAsync(IGuestSource source)
    {
        try
        {
            return (await source.SampleAsync(CancellationToken.None), null);
        }
        catch (GuestSourceException e)
        {
            return (null, e.Message);
        }
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        var end = Environment.TickCount64 + 90_000;
        while (!await holds())
        {
            if (Environment.TickCount64 > end) throw new TimeoutException("not within 90 s");
            await Task.Delay(s_interval);
        }
    }
}
