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

    private readonly StageClock _stages = new();
    private string _folder = "";

    public string Name => "apply";

    public string Description => "layout A with VLANs 21-100, document to commit, against ip -batch and bridge -batch";

    public Place Place => Place.Vm;

    public void Run(Report report) => NetworkNamespace.Run(() =>
    {
        Node.Create();
        _folder = Directory.CreateTempSubdirectory("nodeagent-bench-").FullName;
        try
        {
            report.Line($"the first time in a process: {Engine().TotalMilliseconds:0} ms, compilation of the code included");
            for (var i = 1; i < WarmUp; i++) Engine();
            _stages.Forget();
            var samples = Samples.Interleaved(Rounds, Engine, Iproute2, Starts);
            report.Line($"nodeagent: {samples[0]}");
            foreach (var line in _stages.Lines()) report.Line(line);
            report.Line($"ip -batch and bridge -batch: {samples[1]}");
            report.Line($"of that, their starts and ends: {samples[2]}");
            report.Judge("ratio", samples[0].Median / samples[1].Median);
            report.Judge("ms", samples[0].Median);
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    });

    private TimeSpan Engine()
    {
        var state = Path.Combine(_folder, Path.GetRandomFileName());
        var file = Layout.File("bench/Apply/layout-a-trunk.yaml");
        using var engine = new NetworkEngine(new EngineOptions
        {
            Paths = new HostPaths { State = Path.Combine(state, "state"), Run = Path.Combine(state, "run"), Configuration = Path.Combine(state, "etc") },
        });
        ApplyResult? result = null;
        var time = Samples.Time(() =>
        {
            _stages.Start();
            var document = DocumentReader.Read(file, File.ReadAllText(file)).Document!;
            _stages.Mark("read the document");
            result = engine.Apply(new ApplyRequest { Document = document, Probes = [] }, _stages, CancellationToken.None);
            _stages.Mark("file policy and ledger");
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
