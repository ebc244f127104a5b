using System.Diagnostics;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Daemon;

[Collection(nameof(WholeNode))]
public sealed class ManyGuestsTests
{
    /// <summary>Empty machines of the real QEMU.</summary>
    [SkippableFact]
    public void Two_hundred_guests_that_start_at_once_are_all_listed_and_cost_the_daemon_little()
    {
        const int many = 200;
        Skip.IfNot(Command.Has("qemu-system-x86_64"), "qemu-system-x86_64 is not installed (tests/Qemu/install)");
        using var agent = new RealAgent();
        var idle = agent.ResidentMiB;
        var guests = new Dictionary<string, Process>();
        try
        {
            for (var i = 0; i < many; i++)
            {
                var uuid = Guid.NewGuid().ToString();
                guests[uuid] = Start(uuid, $"guest {i}");
            }

            Assert.True(Wait.Until(() => Listed(agent, guests) == many, 90), $"{Listed(agent, guests)} of {many} guests are listed: {agent.Said}");
            Assert.InRange(agent.ResidentMiB, 0, idle + 128);
        }
        finally
        {
            foreach (var guest in guests.Values) guest.Kill();
        }

        Assert.True(Wait.Until(() => Listed(agent, guests) == 0), $"{Listed(agent, guests)} guests are still listed");
    }

    private static Process Start(string uuid, string name)
    {
        var process = Programs.Start("qemu-system-x86_64", ["-M", "none", "-nodefaults", "-no-user-config", "-display", "none", "-S", "-m", "8", "-uuid", uuid, "-name", name]);
        process.StandardOutput.Close();
        process.StandardError.Close();
        return process;
    }

    private static int Listed(RealAgent agent, Dictionary<string, Process> guests) =>
        agent.AllGuests().Count(g => guests.TryGetValue(g["uuid"]?.GetValue<string>() ?? "", out var process) && g["pid"]!.GetValue<int>() == process.Id);
}
