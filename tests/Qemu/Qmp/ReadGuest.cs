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
        var source = await Sources().TryOpenAsync(guest, notes, default);
        return new ReadGuest(guest, notes, source ?? throw new InvalidOperationException("nothing reads this guest"));
    }

    /// <summary>As the agent finds it in /proc.</summary>
    public static Guest Of(QemuGuest guest) => new(OwnProcess.Of(guest.Pid), guest.Options.Uuid.ToString(), guest.Options.Name)
    {
        MemoryBytes = (long)guest.Options.MemoryMiB << 20,
        Kvm = guest.Options.Kvm,
        DirtyRingSize = guest.Options.DirtyRingSize,
        Incoming = guest.Options.Incoming,
        QmpSockets = [guest.ControlSocket, guest.FreeSocket],
    };

    public static QmpSources Sources() => new(HostPaths.Default, TimeProvider.System, NullLogger.Instance, TimeSpan.Zero);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
