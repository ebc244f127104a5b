using NodeAgent.Config;

namespace NodeAgent;

/// <summary>Every folder the agent reads or writes, so that tests and the sandbox can place them elsewhere.</summary>
public sealed record HostPaths
{
    public static readonly HostPaths Default = new();

    /// <summary>Configuration file and policies.d.</summary>
    public string Configuration { get; init; } = "/etc/nodeagent";

    /// <summary>What must survive a restart.</summary>
    public string State { get; init; } = "/var/lib/nodeagent";

    /// <summary>Sockets and locks.</summary>
    public string Run { get; init; } = "/run/nodeagent";

    public string Proc { get; init; } = "/proc";

    public string Sys { get; init; } = "/sys";

    public string Dev { get; init; } = "/dev";

    /// <summary>Configuration of other programs: fstab, multipath.conf, iscsi.</summary>
    public string Etc { get; init; } = "/etc";

    /// <summary>Sockets and files of other programs: libvirt, systemd, chrony.</summary>
    public string HostRun { get; init; } = "/run";

    /// <summary>The modules of each kernel release, modules.dep, modules.builtin.</summary>
    public string Modules { get; init; } = "/lib/modules";

    /// <summary>The configuration each kernel was built with: config-6.1.0-56-amd64.</summary>
    public string Boot { get; init; } = "/boot";

    /// <summary>Where kubelet keeps its pods and their volumes.</summary>
    public string Kubelet { get; init; } = "/var/lib/kubelet";

    /// <summary>multipathd's socket; "@" stands for the abstract namespace (mpath_cmd.h).</summary>
    public string MultipathdSocket { get; init; } = "@/org/kernel/linux/storage/multipathd";

    /// <summary>The API's Unix socket, where the configuration names no other.</summary>
    public string Socket => Path.Combine(Run, "nodeagent.sock");

    public string PoliciesFolder { get => field ?? Path.Combine(Configuration, "policies.d"); init; }

    public string ConfigurationFile { get => field ?? Path.Combine(Configuration, "nodeagent.yaml"); init; }

    /// <summary>The folders of a configuration that was read from a file; policies.d is beside that.</summary>
    /// <param name="configuration">What it says.</param>
    /// <param name="file">Where it was read from.</param>
    /// <param name="roots">The folders it does not name; null: <see cref="Default"/>.</param>
    public static HostPaths Of(AgentConfiguration configuration, string file, HostPaths? roots = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
        roots ??= Default;
        return roots with
        {
            Configuration = folder,
            ConfigurationFile = file,
            PoliciesFolder = configuration.PoliciesFolder ?? Path.Combine(folder, "policies.d"),
            State = configuration.StateFolder ?? roots.State,
            Run = configuration.RunFolder ?? roots.Run,
        };
    }
}
