using System.Net.Sockets;
using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Reading;

/// <summary>
/// Guests, and whether the libvirt that runs them takes connections. Under KubeVirt each pod of a VM has a libvirt of its own, whose
/// socket is in the pod's own file system: /proc/PID/root leads there, for root only.
/// </summary>
internal static class GuestReader
{
    private static readonly string[] s_sockets = ["run/libvirt/virtqemud-sock-ro", "run/libvirt/libvirt-sock-ro", "run/libvirt/virtqemud-sock", "run/libvirt/libvirt-sock"];

    public static GuestFacts Read(HostPaths paths)
    {
        var servers = new List<LibvirtServer>();
        var qemus = 0;
        foreach (var (pid, name) in ProcessNames.Find(paths, static name => name is "virtqemud" or "libvirtd" or "qemu-kvm" || name.StartsWith("qemu-system-", StringComparison.Ordinal)))
        {
            if (name is "virtqemud" or "libvirtd") servers.Add(Ask(paths, pid));
            else qemus++;
        }

        return new GuestFacts(qemus, servers);
    }

    private static LibvirtServer Ask(HostPaths paths, int pid)
    {
        LibvirtServer? answer = null;
        foreach (var name in s_sockets)
        {
            var error = Connect(Path.Combine(paths.Proc, $"{pid}", "root", name));
            if (error is null) return new LibvirtServer(pid, null, false);
            // One that is there says more than those that are not.
            if (answer is null || error is not (SocketError.AddressNotAvailable or SocketError.SocketError)) answer = new LibvirtServer(pid, $"{name}: {Word(error.Value)}", error == SocketError.AccessDenied);
        }

        return answer!;
    }

    /// <summary>Null: somebody takes the connection.</summary>
    private static SocketError? Connect(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private static string Word(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "nobody takes connections",
        SocketError.AccessDenied => "only root may look into the guest's pod",
        SocketError.AddressNotAvailable or SocketError.SocketError => "there is no such socket",
        _ => $"{error}",
    };
}
