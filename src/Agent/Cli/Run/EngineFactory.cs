using NodeAgent.Config;
using NodeAgent.Native.Netlink;
using NodeAgent.Network;
using NodeAgent.Network.Health;

namespace NodeAgent.Cli.Run;

/// <summary>Makes the engine in this process and network namespace.</summary>
public static class EngineFactory
{
    /// <summary>The engine of one command, which must not cut the session it was typed in.</summary>
    public static NetworkEngine ForCommand(Settings settings) =>
        Create(settings, SshSession.Find(Environment.GetEnvironmentVariable, settings.Paths.Proc), TimeProvider.System);

    /// <param name="settings">The global options.</param>
    /// <param name="ssh">The SSH session of whoever asks, or null.</param>
    /// <param name="clock">The clock of the engine.</param>
    public static NetworkEngine Create(Settings settings, string? ssh, TimeProvider clock) => Create(settings, () => settings.Configuration, ssh, clock);

    /// <summary>As the other, over a configuration that may change while the engine works.</summary>
    public static NetworkEngine Create(Settings settings, Func<AgentConfiguration> configuration, string? ssh, TimeProvider clock, HealthFacts? health = null)
    {
        try
        {
            return new NetworkEngine(new EngineOptions
            {
                Paths = settings.Paths,
                ControlPlane = () => [.. configuration().ControlPlane.Select(static a => a.ToString())],
                Probes = () => configuration().Probes,
                SshConnection = ssh,
                Clock = clock,
                Health = health,
            });
        }
        catch (NetlinkException e)
        {
            throw new CliException(ExitCode.Failed, $"the kernel's network interface (rtnetlink) cannot be used: {e.Message}");
        }
    }
}
