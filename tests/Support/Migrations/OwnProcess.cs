using System.Globalization;
using NodeAgent.Migration.Model;

namespace NodeAgent.Tests.Support.Migrations;

/// <summary>Processes as guests, and this one in the place of a QEMU whose monitor a test plays.</summary>
public static class OwnProcess
{
    /// <summary>From its state on, which comes after the name.</summary>
    private const int StartField = 19;

    public static GuestProcess Process { get; } = Of(Environment.ProcessId);

    public static GuestProcess Of(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new GuestProcess(pid, ulong.Parse(fields[StartField], CultureInfo.InvariantCulture));
    }

    /// <summary>A guest that is this process.</summary>
    public static Guest Guest(params string[] monitors) => new(Process, "", "guest") { QmpSockets = monitors.Length == 0 ? [] : ["/run/of-its-owner.qmp", .. monitors] };
}
