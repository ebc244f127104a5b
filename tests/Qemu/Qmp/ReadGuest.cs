using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support.Migrations;

namespace NodeAgent.Tests.Qemu.Qmp;

/// <summary>A real guest with the agent's source at its free monitor, and what that heard.</summary>
internal sealed class ReadGuest : IAsyncDisposable
{
    private ReadGuest(Guest guest, SourceNotes notes, IGuestSource source) => (Guest, Notes, Source) = (guest, notes, source);

    public Guest Guest { get; }

    public SourceNotes Notes { get; }

    public IGuestSource Source { get; }

    public static async Task<ReadGuest> OpenAsync(QemuGuest guest)
    {
        _ = guest.Monitor; // its sockets are there
        return await OpenAsync(Of(guest));
    }

    public static async Task<ReadGuest> OpenAsync(Guest guest)
    {
        var notes = new SourceNotes();
        var sources = Sources();
        for (var end = Environment.TickCount64 + 60_000; ;)
        {
            try
            {
                return new ReadGuest(guest, notes, await sources.TryOpenAsync(guest, notes, default) ?? throw new InvalidOperationException("nothing reads this guest"));
            }
            catch (GuestSourceException e) when (e.Fault == GuestSourceFault.Failed && Environment.TickCount64 < end)
            {
                // It did not greet in time, on a busy machine: as the agent, we try again.
            }
        }
    }

    public static Guest Of(QemuGuest guest) => FoundGuest.Of(guest.Pid);

    public static QmpSources Sources() => new(HostPaths.Default, TimeProvider.System, NullLogger.Instance, TimeSpan.Zero);

    /// <summary>Null: no answer in time, on a busy machine.</summary>
    public async Task<MigrationSample?> TrySampleAsync(CancellationToken cancellation)
    {
        try
        {
            return await Source.SampleAsync(cancellation);
        }
        catch (GuestSourceException e) when (e.Fault == GuestSourceFault.Failed)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
