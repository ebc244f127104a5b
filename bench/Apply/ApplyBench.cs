using NodeAgent.Bench.Harness;
using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Spec;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Apply;

/// <summary>Layout A with VLANs 21-100 on the trunk, from the document's text to the filed commit, against ip -batch and bridge -batch.</summary>
internal sealed class ApplyBench : IBench
{
    private const int WarmUp = 15;
    private const int Rounds = 21;

    private string _memory = "";
    private string _disk = "";

    public string Name => "apply";

    public string Description => "layout A with VLANs 21-100, document to commit, against ip -batch and bridge -batch";

    public Place Place => Place.Vm;

    public void Run(Report report) => NetworkNamespace.Run(() =>
    {
        Node.Create();
        // The VM's own root is in memory; the project's folder is on this machine's disk, and fsync costs there.
        _memory = Directory.CreateTempSubdirectory("nodeagent-bench-").FullName;
        _disk = Directory.CreateDirectory(Layout.File("out/bench/state")).FullName;
        try
        {
            Measure(report);
        }
        finally
        {
            Directory.Delete(_memory, recursive: true);
            Directory.Delete(_disk, recursive: true);
        }
    });

    private void Measure(Report report)
    {
        report.Line($"the first time in a process: {Engine(_memory, null).TotalMilliseconds:0} ms, compilation of the code included");
        for (var i = 1; i < WarmUp; i++) Engine(_memory, null);
        StageClock inMemory = new(), onDisk = new();
        var samples = Samples.Interleaved(Rounds, () => Engine(_memory, inMemory), () => Engine(_disk, onDisk), Iproute2, Starts);
        report.Line($"nodeagent, state folder in memory: {samples[0]}");
        foreach (var line in inMemory.Lines()) report.Line(line);
        report.Line($"nodeagent, state folder on disk: {samples[1]}");
        foreach (var line in onDisk.Lines()) report.Line(line);
        report.Line($"ip -batch and bridge -batch: {samples[2]}");
        report.Line($"of that, their starts and ends: {samples[3]}");
        report.Judge("ratio", samples[0].Median / samples[2].Median);
        report.Judge("ratio-disk", samples[1].Median / samples[2].Median);
        report.Judge("ratio-work", samples[0].Median / (samples[2].Median - samples[3].Median));
        report.Judge("ms", samples[0].Median);
    }

    private static TimeSpan Engine(string folder, StageClock? stages)
    {
        var state = Path.Combine(folder, Path.GetRandomFileName());
        var file = Layout.File("bench/Apply/layout-a-trunk.yaml");
        using var engine = new NetworkEngine(new EngineOptions
        {
            Paths = new HostPaths { State = Path.Combine(state, "state"), Run = Path.Combine(state, "run"), Configuration = Path.Combine(state, "etc") },
        });
        ApplyResult? result = null;
        var time = Samples.Time(() =>
        {
            stages?.Start();
            var document = DocumentReader.Read(file, File.ReadAllText(file)).Document!;
            stages?.Mark("read the document");
            result = engine.Apply(new ApplyRequest { Document = document, Probes = [] }, stages, CancellationToken.None);
            stages?.Mark("file policy and ledger");
        });
        if (result!.Outcome != ApplyOutcome.Committed) throw new InvalidOperationException($"{result.Outcome}: {result.Message}");
        Node.Reset();
        return time;
    }

    private static TimeSpan Iproute2()
    {
        var time = Samples.Time(() =>
        {
            Command.Run("ip", "-batch", Layout.File("bench/Apply/layout-a.ip"));
            Command.Run("bridge", "-batch", Layout.File("bench/Apply/layout-a.bridge"));
        });
        Node.Reset();
        return time;
    }

    private static TimeSpan Starts() => Samples.Time(() =>
    {
        Command.Run("ip", "-batch", "/dev/null");
        Command.Run("bridge", "-batch", "/dev/null");
    });
}
