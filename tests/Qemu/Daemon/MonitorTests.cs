using System.Text.Json.Nodes;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Daemon;

/// <summary>What the real daemon leaves alone.</summary>
[Collection(nameof(WholeNode))]
public sealed class MonitorTests
{
    [SkippableFact]
    public void Nobody_is_pushed_aside_at_a_monitor_and_libvirts_is_never_connected_to()
    {
        var folder = Directory.CreateTempSubdirectory("nodeagent-libvirt-");
        try
        {
            var theirs = Path.Combine(folder.CreateSubdirectory("domain-1-x").FullName, "monitor.sock");
            using var libvirts = new QemuGuest(Guests.Quiet("libvirts") with
            {
                FreeMonitor = false,
                More = ["-chardev", $"socket,id=charmonitor,path={theirs},server=on,wait=off", "-mon", "chardev=charmonitor,mode=control"],
            });
            using var free = new QemuGuest(Guests.Quiet("free"));
            libvirts.Monitor.Call("query-status");
            free.Monitor.Call("query-status");
            using var agent = new RealAgent();
            Assert.True(Wait.Until(() => agent.Guests(free.Options.Uuid) is [var g] && Source(g) == "qmp"), agent.Said);
            Assert.True(Wait.Until(() => agent.Guests(libvirts.Options.Uuid) is [var g] && g["limitation"] is not null), agent.Said);
            // One that listens, and one for each client that was let in or waits.
            Assert.Equal(1, UnixSockets.At(theirs));
            Assert.Equal(2, UnixSockets.At(free.ControlSocket));
            Assert.Equal(2, UnixSockets.At(free.FreeSocket));
            using var monitor = new QmpMonitor(theirs);
            monitor.Call("query-status");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Source(JsonNode guest) => guest["source"]?.GetValue<string>();
}
