using System.Globalization;
using System.Net.Sockets;
using System.Text;
using NodeAgent.Migration.Guests;
using Xunit;
using Socket = System.Net.Sockets.Socket;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

/// <summary>A process with a root of its own, in which links lead out of it, as every container's /var/run does.</summary>
public sealed class GuestRootTests : IDisposable
{
    private readonly RootedProcess _process = new();

    [SkippableFact]
    public void An_absolute_link_leads_to_the_guests_own_folder_and_never_to_the_hosts()
    {
        _process.Write("/run/libvirt/whose", "the guest's");
        _process.Link("/var/run", "/run");
        _process.Link("/var/lib/out", _process.Outside);
        File.WriteAllText(Path.Combine(_process.Outside, "whose"), "the host's");
        using var root = Open();
        Assert.Equal("the guest's", Read(root, "/run/libvirt/whose"));
        Assert.Equal("the guest's", Read(root, "var/run/libvirt/whose"));
        Assert.Equal("the guest's", Read(root, "/../../var/run/../run/libvirt/whose"));
        // What the plain path does: this is the trap.
        Assert.Equal("the host's", File.ReadAllText($"/proc/{_process.Pid}/root/var/lib/out/whose"));
        Assert.Null(root.OpenPath("/var/lib/out/whose", out var error));
        Assert.Null(error);
    }

    [SkippableFact]
    public void A_link_that_leads_nowhere_or_in_a_circle_is_told_apart_from_nothing()
    {
        _process.Link("/run/circle", "/run/circle");
        using var root = Open();
        Assert.Null(root.OpenPath("/run/none", out var error));
        Assert.Null(error);
        Assert.Null(root.OpenPath("/run/circle", out error));
        Assert.Contains("ELOOP", error, StringComparison.Ordinal);
        Assert.Contains(_process.Pid.ToString(CultureInfo.InvariantCulture), error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_socket_in_there_is_connected_to()
    {
        _process.Write("/run/libvirt/made", "");
        _process.Link("/var/run", "/run");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_process.PathOf("/run/libvirt/sock")));
        listener.Listen();
        using var root = Open();
        using var found = root.OpenPath("/var/run/libvirt/sock", out _);
        Assert.NotNull(found);
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(GuestRoot.Through(found)));
        using var accepted = listener.Accept();
        client.Send("hello"u8);
        var heard = new byte[5];
        Assert.Equal(5, accepted.Receive(heard));
    }

    [SkippableFact]
    public void Another_process_with_the_same_pid_is_not_opened()
    {
        _ = _process.Pid;
        Assert.Null(GuestRoot.TryOpen(HostPaths.Default, _process.Identity with { StartTicks = 1 }, out var error));
        Assert.Null(error);
    }

    [SkippableFact]
    public void Nothing_is_opened_in_the_root_of_a_process_that_has_ended()
    {
        _process.Write("/run/x", "");
        using var root = Open();
        _process.Kill();
        Assert.Null(root.OpenPath("/run/x", out var error));
        Assert.Null(error);
        Assert.Null(GuestRoot.TryOpen(HostPaths.Default, _process.Identity, out error));
        Assert.Null(error);
    }

    public void Dispose() => _process.Dispose();

    private GuestRoot Open() => GuestRoot.TryOpen(HostPaths.Default, _process.Identity, out var error) ?? throw new InvalidOperationException(error ?? "it is gone");

    private static string Read(GuestRoot root, string path)
    {
        using var found = root.OpenPath(path, out var error) ?? throw new InvalidOperationException(error ?? $"{path} is not there");
        return File.ReadAllText(GuestRoot.Through(found), Encoding.UTF8);
    }
}
