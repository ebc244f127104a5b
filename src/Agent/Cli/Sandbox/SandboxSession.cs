using NodeAgent.Cli.Applying;
using NodeAgent.Cli.Run;
using NodeAgent.Config;
using NodeAgent.Native.Netlink;
using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Spec;
using NodeAgent.Systemd;

namespace NodeAgent.Cli.Sandbox;

/// <summary>nodeagent run --sandbox: the real daemon over the real kernel, where nothing of the host can be touched.</summary>
public static class SandboxSession
{
    private const string Policy = "layout-a";

    public static int Run(Invocation run)
    {
        SandboxFolder.RemoveLeftovers();
        using var folder = new SandboxFolder();
        var settings = run.Settings with { Paths = folder.Paths, Configuration = Apart(run.Settings.Configuration) };
        using var activated = ActivatedSockets.FromEnvironment(run.Host.Environment);

        // What is served stays where it is reachable: outside, for root. Whoever is root in a user namespace alone has nothing but the inside.
        var outside = SandboxFolder.InUserNamespace() ? null : RunCommand.Listen(settings, activated);

        using var host = new HostThread();

        // Threads that start from here on are in the namespace.
        SandboxNamespace.Enter();
        var file = Path.Combine(folder.Paths.PoliciesFolder, Policy + ".yaml");
        var notes = Prepare(file);
        folder.WriteScript(Environment.ProcessId, Environment.ProcessPath ?? "nodeagent");

        run.Out.WriteLine($"Sandbox: the network namespace of process {Environment.ProcessId}, with the NICs {string.Join(" ", SandboxLinks.Nics)} (veth). Nothing on the host changes.");
        foreach (var note in notes) run.Out.WriteLine($"  {note}");
        run.Out.Flush();

        var configuration = RunCommand.Store(settings, run.Host.Time, Apart);
        using var engine = EngineFactory.Create(settings, () => configuration.Current, null, run.Host.Time);
        var result = Apply(run, engine, file);
        if (ApplyReport.ExitCodeOf(result.Outcome) != ExitCode.Done)
        {
            ApplyReport.Complain(run, result);
            return ApplyReport.ExitCodeOf(result.Outcome);
        }

        run.Out.WriteLine($"Policy {Policy}: {result.Message}.");
        using var listeners = outside ?? RunCommand.Listen(settings, activated);
        return RunCommand.Serve(run, settings, configuration, engine, listeners, () => WriteWhatToTry(run, folder, settings.Configuration, outside is not null), host);
    }

    // The way to the real control plane does not lead through these NICs.
    private static AgentConfiguration Apart(AgentConfiguration configuration) => configuration with { ControlPlane = [] };

    /// <summary>NICs, and layout A as far as the kernel has its parts; what it lacks comes back.</summary>
    private static IReadOnlyList<string> Prepare(string file)
    {
        using var connection = NetlinkConnection.Open();
        SandboxLinks.Create(connection);
        var document = DocumentReader.Read(Policy + ".yaml", ReadLayout()).Document ?? throw new InvalidOperationException("layout-a.yaml in this program is wrong");
        var fit = LayoutFit.Of(document.Desired, KernelTrial.Of(connection, document.Desired));
        File.WriteAllText(file, fit.Notes.Count == 0 ? document.Text : DocumentWriter.ToYaml(fit.Desired));
        return fit.Notes;
    }

    private static ApplyResult Apply(Invocation run, NetworkEngine engine, string file)
    {
        var document = DocumentReader.Load(file).Document ?? throw new InvalidOperationException($"{file} was just written and cannot be read");

        // Behind these NICs is no gateway that could answer.
        var request = new ApplyRequest { Document = document, Probes = [] };
        return Running.Transaction(run, (progress, stop) => engine.Apply(request, progress, stop));
    }

    private static string ReadLayout()
    {
        using var stream = typeof(SandboxSession).Assembly.GetManifestResourceStream("layout-a.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void WriteWhatToTry(Invocation run, SandboxFolder folder, AgentConfiguration configuration, bool outside)
    {
        // Whoever is root in a user namespace alone has served inside, too.
        var curl = configuration.Metrics.Address is { } address ? $"{(outside ? "" : folder.Script + " ")}curl -s {address}/metrics" : "# metrics.address is off";
        run.Out.WriteLine($"""

            Try in another terminal (Ctrl-C here ends the sandbox and removes {folder.Root}):
              {folder.Script} nodeagent net show
              {folder.Script} ip link del br0          # and it is back: watch the log here
              {folder.Script} nodeagent net watch
              cp examples/mac-vlan.yaml {folder.Paths.PoliciesFolder}/   # a new policy is applied at once
              {folder.Script} nodeagent net plan -f examples/veth.yaml
              {folder.Script} nodeagent net apply -f examples/veth.yaml --confirm 20s
              {curl}

            """);
        run.Out.Flush();
    }
}
