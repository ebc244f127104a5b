using NodeAgent.Bench.Harness;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Start;

/// <summary>From the start of the process to its first byte of output, against the smallest .NET program there can be.</summary>
internal sealed class StartBench : IBench
{
    private const int Rounds = 21;

    public string Name => "start";

    public string Description => "nodeagent's start to its first output, and the daemon's until it is ready, against a bare .NET program";

    public Place Place => Place.Host;

    public void Run(Report report) => NetworkNamespace.Run(() =>
    {
        var agent = Layout.File("out/nodeagent");
        FirstOutput[] programs =
        [
            new(Layout.File("bench/hello/bin/Release/net10.0/hello")),
            new(agent, "--version"),
            new(agent, "net", "plan", "--current", Layout.File("bench/Start/four-nics.yaml"), "--desired", Layout.File("examples/layout-a.yaml")),
            new(agent, "net", "show"),
        ];
        var daemon = new DaemonReady("interfaces: [ { name: br0, type: linux-bridge, state: up } ]");
        foreach (var program in programs) program.Measure();
        var samples = Samples.Interleaved(Rounds, [.. programs.Select(program => (Func<TimeSpan>)program.Measure), daemon.Measure]);
        for (var i = 0; i < programs.Length; i++) report.Line($"{samples[i]}: {programs[i]}");
        report.Line($"{samples[^1]}: {daemon}");

        report.Judge("version", samples[1].Median / samples[0].Median);
        report.Judge("plan", samples[2].Median / samples[0].Median);
        report.Judge("show", samples[3].Median / samples[0].Median);
        report.Judge("plan-ms", samples[2].Median);
        report.Judge("ready", samples[^1].Median / samples[0].Median);
        report.Judge("ready-ms", samples[^1].Median);
    });
}
