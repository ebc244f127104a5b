using NodeAgent.Bench.Harness;

namespace NodeAgent.Bench.Metrics;

/// <summary>`nodeagent run` with folders of its own and no policy.</summary>
internal sealed class DaemonServer : Server
{
    private readonly string _folder;

    public DaemonServer()
        : this(Directory.CreateTempSubdirectory("nodeagent-bench-").FullName)
    {
    }

    private DaemonServer(string folder)
        : base(9799, Layout.File("out/nodeagent"), "run", "--state-dir", folder, "--run-dir", folder, "--policies-dir", Directory.CreateDirectory(Path.Combine(folder, "policies")).FullName) => _folder = folder;

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
