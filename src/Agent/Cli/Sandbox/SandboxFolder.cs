using NodeAgent.Native.Linux;

namespace NodeAgent.Cli.Sandbox;

/// <summary>The sandbox's state, policies and locks in a temporary folder, and a script that runs a command inside; all gone at the end.</summary>
public sealed class SandboxFolder : IDisposable
{
    /// <summary>How the names of these folders begin, in the folder for temporary files.</summary>
    public const string Prefix = "nodeagent-sandbox-";

    private const string LockName = "lock";

    // Held as long as the process lives, however it ends.
    private readonly FileStream _lock;

    public SandboxFolder()
    {
        Root = Directory.CreateTempSubdirectory(Prefix).FullName;
        _lock = Hold(Root, FileMode.CreateNew);
        Paths = new HostPaths
        {
            Configuration = Root,
            State = Path.Combine(Root, "state"),
            Run = Path.Combine(Root, "run"),
        };
        Directory.CreateDirectory(Paths.PoliciesFolder);
        Directory.CreateDirectory(Paths.State);
        Directory.CreateDirectory(Paths.Run);
    }

    public string Root { get; }

    public HostPaths Paths { get; }

    /// <summary>Runs what follows it inside the sandbox's namespace, with its folders.</summary>
    public string Script => Path.Combine(Root, "in");

    public void WriteScript(int process, string program)
    {
        // Whoever is root only in a user namespace gets in through that.
        var user = InUserNamespace() ? " --user --preserve-credentials" : "";
        File.WriteAllText(Script, $"""
            #!/bin/sh
            PATH='{Path.GetDirectoryName(program)}':$PATH
            NODEAGENT_CONFIG= NODEAGENT_CONTROL_PLANE=
            NODEAGENT_STATE_DIR='{Paths.State}' NODEAGENT_POLICIES_DIR='{Paths.PoliciesFolder}' NODEAGENT_RUN_DIR='{Paths.Run}'
            export PATH NODEAGENT_CONFIG NODEAGENT_CONTROL_PLANE NODEAGENT_STATE_DIR NODEAGENT_POLICIES_DIR NODEAGENT_RUN_DIR
            exec nsenter --target {process}{user} --net "$@"

            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        _lock.Dispose();
    }

    /// <summary>Removes what sandboxes of this user left behind whose process was killed. What is not plainly such a folder stays.</summary>
    public static void RemoveLeftovers()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                if (new DirectoryInfo(folder).LinkTarget is not null || Stat.Describe(folder) is not { } status || status.Owner != Unistd.geteuid()) continue;
                using var held = Hold(folder, FileMode.Open);
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It runs, or has just begun or ended.
            }
        }
    }

    // FileShare.None is flock(2): nobody else gets it.
    private static FileStream Hold(string folder, FileMode mode) => new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Root here is not the machine's root. user_namespaces(7): the initial one maps all ids onto themselves.</summary>
    public static bool InUserNamespace() =>
        !File.ReadAllText("/proc/self/uid_map").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).AsSpan().SequenceEqual(["0", "0", "4294967295"]);
}
