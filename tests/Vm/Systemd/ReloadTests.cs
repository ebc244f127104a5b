using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm.Systemd;

/// <summary>The configuration read again: by systemctl, by a change of the file, and when it is wrong.</summary>
public sealed class ReloadTests
{
    [VmFact]
    public void Systemd_sees_the_reload_begin_and_end()
    {
        using var node = new ServiceNode();
        ServiceNode.Configuration("log: { level: info }\n");
        node.Start();
        var pid = ServiceNode.Pid;
        ServiceNode.Systemctl("log-level", "debug");
        try
        {
            ServiceNode.Systemctl("reload", ServiceNode.Service);
            Assert.True(Wait.Until(() => node.Manager().Contains("RELOADING=1", StringComparison.Ordinal)), node.Manager());
            var messages = node.Manager();
            Assert.Contains("MONOTONIC_USEC=", messages, StringComparison.Ordinal);
            Assert.True(Wait.Until(() => node.Manager().LastIndexOf("READY=1", StringComparison.Ordinal) > node.Manager().LastIndexOf("RELOADING=1", StringComparison.Ordinal)), node.Manager());
        }
        finally
        {
            ServiceNode.Systemctl("log-level", "info");
        }

        Assert.Equal(("active", pid), (ServiceNode.State, ServiceNode.Pid));
        node.Says("configuration read again");
    }

    [VmFact]
    public void A_change_of_the_file_is_in_force_without_a_signal()
    {
        using var node = new ServiceNode();
        ServiceNode.Configuration("log: { level: error }\n");
        node.Start();

        ServiceNode.Configuration("log: { level: info }\nmetrics: { address: \"127.0.0.1:9801\" }\n");

        node.Says("6 configuration read again: in force now: log.level");
        node.Says("4 metrics.address changed: takes effect at the next start");
    }

    [VmFact]
    public void A_wrong_file_is_said_and_the_service_keeps_running()
    {
        using var node = new ServiceNode();
        ServiceNode.Configuration("log: { level: info }\n");
        node.Start();
        var pid = ServiceNode.Pid;

        ServiceNode.Configuration("log: { level: loud }\nmetric: {}\n");

        node.Says("3 /etc/nodeagent/nodeagent.yaml:1:15: log.level: expected debug, info, warn or error, found 'loud'");
        node.Says("3 /etc/nodeagent/nodeagent.yaml:2:1: metric: unknown field, did you mean metrics?");
        Assert.Equal(("active", pid), (ServiceNode.State, ServiceNode.Pid));
        Assert.Equal(2, ServiceNode.Agent("config", "check").Status);

        // A start with it does not succeed, and says why.
        ServiceNode.DropIn("Restart=no");
        Assert.NotEqual(0, Command.Try("systemctl", "restart", ServiceNode.Service).Status);
        Assert.Equal("exit-code", ServiceNode.Show("Result"));
    }
}
