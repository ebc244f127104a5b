using System.Globalization;
using System.Text.Json.Nodes;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm.Systemd;

/// <summary>This machine as a node: the program installed as a package would, its units in systemd, four NICs. Everything is as new for each test.</summary>
internal sealed class ServiceNode : IDisposable
{
    public const string Service = "nodeagent.service";
    public const string Socket = "nodeagent.socket";
    public const string SocketPath = "/run/nodeagent/nodeagent.sock";

    private const string DropIns = "/run/systemd/system/nodeagent.service.d";
    private static readonly string[] s_nics = ["enp1s0", "enp1s1", "enp2s0", "enp2s1"];
    private static bool s_installed;
    private readonly string _since;

    public ServiceNode()
    {
        Skip.IfNot(Directory.Exists("/run/systemd/system"), "needs systemd as PID 1: tests/Vm/run --only Systemd");
        if (!s_installed) Install();
        s_installed = true;

        // Where this machine's systemd would otherwise write to its console.
        Systemctl("log-target", "journal");
        Clean();
        Directory.CreateDirectory("/etc/nodeagent/policies.d");
        foreach (var nic in s_nics)
        {
            Iproute.Ip($"link add {nic} type veth peer name p-{nic}");
            Iproute.Ip($"link set p-{nic} up");
        }

        _since = "@" + (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);
    }

    public static string State => Show("ActiveState");

    public static string StatusText => Show("StatusText");

    public static int Pid => int.Parse(Show("MainPID"), CultureInfo.InvariantCulture);

    /// <summary>Installs what is built, over what is there.</summary>
    public static void Install()
    {
        Command.Run("make", "--silent", "-C", AgentBinary.Root, "install");
        Systemctl("daemon-reload");
    }

    public static string Systemctl(params string[] words) => Command.Run("systemctl", words);

    /// <summary>Starts a unit, and says what its journal says where that fails.</summary>
    public void Start(string unit = Service)
    {
        var (status, _, error) = Command.Try("systemctl", "start", unit);
        Assert.True(status == 0, $"{error}\n{string.Join('\n', Journal())}");
    }

    /// <summary>A property of the service.</summary>
    public static string Show(string property) => Systemctl("show", "--value", "--property", property, Service).Trim();

    /// <summary>Puts settings for the service beside its unit.</summary>
    public static void DropIn(string settings)
    {
        Directory.CreateDirectory(DropIns);
        File.WriteAllText(Path.Combine(DropIns, "test.conf"), "[Service]\n" + settings + "\n");
        Systemctl("daemon-reload");
    }

    public static void Policy(string name, string yaml) => File.WriteAllText($"/etc/nodeagent/policies.d/{name}.yaml", yaml);

    public static void Configuration(string yaml) => File.WriteAllText("/etc/nodeagent/nodeagent.yaml", yaml);

    public static AgentResult Agent(params string[] arguments) => AgentBinary.Run("/usr/bin/nodeagent", arguments);

    /// <summary>What the service wrote since the test began, each line with its priority: "6 policy a: ...".</summary>
    public IReadOnlyList<string> Journal() =>
    [
        .. Command.Run("journalctl", "--unit", Service, "--since", _since, "--output", "json", "--no-pager").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonNode.Parse(line)!)
            .Where(static entry => $"{entry["_COMM"]}" == "nodeagent")
            .Select(static entry => $"{entry["PRIORITY"]} {entry["MESSAGE"]}"),
    ];

    /// <summary>What systemd itself wrote since the test began.</summary>
    public string Manager() => Command.Run("journalctl", "_PID=1", "--since", _since, "--no-pager", "--output", "cat");

    /// <summary>Waits until the service says this.</summary>
    public void Says(params string[] words) => Assert.True(
        Wait.Until(() => Journal().Any(line => words.All(word => line.Contains(word, StringComparison.Ordinal)))),
        $"no line with {string.Join(", ", words)} in:\n{string.Join('\n', Journal())}");

    public void Dispose()
    {
        if (Directory.Exists("/run/systemd/system")) Clean();
    }

    private static void Clean()
    {
        Command.Try("systemctl", "stop", Service, Socket);
        Command.Try("systemctl", "reset-failed", Service, Socket);
        foreach (var folder in new[] { DropIns, "/var/lib/nodeagent", "/run/nodeagent", "/etc/nodeagent" })
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }

        Systemctl("daemon-reload");
        string[] links = ["br0", "bond_mgmt", "bond_data", .. s_nics];
        foreach (var link in links) Command.Try("ip", "link", "del", link);
    }
}
