using System.Diagnostics;
using NodeAgent.Native.Netlink;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

public sealed class ProcConnectorTests
{
    [SkippableFact]
    public void A_program_that_begins_is_heard_once_and_its_forks_are_not()
    {
        using var connector = Open(withExits: false);
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "(:); (:); exec /bin/true"]))!;
        shell.WaitForExit();
        var last = EndMarker();
        var heard = Until(connector, last);
        Assert.Equal(2, heard.Count(h => h.Process == shell.Id));
        Assert.All(heard, static h => Assert.Equal(ProcessEventKind.Exec, h.Kind));
    }

    [SkippableFact]
    public void The_end_of_a_process_is_heard_where_that_is_wanted_and_the_end_of_a_thread_is_not()
    {
        using var connector = Open(withExits: true);
        using var shell = Process.Start(new ProcessStartInfo("/bin/true"))!;
        shell.WaitForExit();
        var thread = new Thread(static () => { });
        thread.Start();
        thread.Join();
        var heard = Until(connector, EndMarker());
        Assert.Contains(heard, h => h.Process == shell.Id && h.Kind == ProcessEventKind.Exit);
        Assert.DoesNotContain(heard, static h => h.Process == Environment.ProcessId);
    }

    [SkippableFact]
    public void Lost_events_are_said_and_events_go_on_afterwards()
    {
        using var connector = Open(withExits: false, receiveBuffer: 4096);
        for (var i = 0; i < 64; i++) EndMarker();
        var statuses = new List<ReceiveStatus>();
        while (connector.Receive(out _) is var status && status != ReceiveStatus.Empty) statuses.Add(status);
        Assert.Contains(ReceiveStatus.Overflow, statuses);
        // On a busy machine others' may be too many for this buffer again.
        Assert.True(Wait.Until(() => Drain(connector, []) is var heard && EndMarker() is var marker && Drain(connector, heard).Exists(h => h.Process == marker)), "events do not go on");
    }

    [SkippableFact]
    public void A_network_namespace_that_the_events_do_not_reach_is_said()
    {
        KernelSupport.Require();
        var e = Assert.Throws<NetlinkException>(() => NetworkNamespace.Run(() => ProcConnector.Open(withExits: false).Dispose()));
        Assert.Contains(e.ErrnoName, (string[])["ECONNREFUSED", "EPROTONOSUPPORT"]);
    }

    private static int EndMarker()
    {
        using var marker = Process.Start(new ProcessStartInfo("/bin/true"))!;
        marker.WaitForExit();
        return marker.Id;
    }

    // All that came, up to what a process did whose events are the last.
    private static List<ProcessEvent> Until(ProcConnector connector, int process)
    {
        var heard = new List<ProcessEvent>();
        Assert.True(Wait.Until(() =>
        {
            Drain(connector, heard);
            return heard.Any(h => h.Process == process);
        }), $"nothing was heard of process {process}");
        return heard;
    }

    private static List<ProcessEvent> Drain(ProcConnector connector, List<ProcessEvent> heard)
    {
        while (connector.Receive(out var next) == ReceiveStatus.Data) heard.Add(next);
        return heard;
    }

    private static ProcConnector Open(bool withExits, int receiveBuffer = 1 << 20)
    {
        try
        {
            return HostNetwork.Run(() => ProcConnector.Open(withExits, receiveBuffer));
        }
        catch (NetlinkException e)
        {
            throw new SkipException($"events of processes do not reach the tests: {e.Message}");
        }
    }
}
