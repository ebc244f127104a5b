using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.V1;
using Option = System.CommandLine.Option;

namespace NodeAgent.Cli.Migration;

/// <summary>nodeagent migration forecast, without a timeline: of this node, before anyone drains it.</summary>
internal sealed class DrainCommand
{
    private static readonly TimeSpan s_shortestDowntime = TimeSpan.FromMilliseconds(1);

    // QEMU takes no more (MAX_MIGRATE_DOWNTIME).
    private static readonly TimeSpan s_longestDowntime = TimeSpan.FromSeconds(2000);

    private readonly Option<int?> _parallel = new("--parallel") { HelpName = "N", Description = "migrations at a time [2, KubeVirt's default for a node]" };
    private readonly Option<string?> _bandwidth = new("--bandwidth") { HelpName = "RATE", Description = "of all together: 1GiB/s, 10Gbit/s [as the last migrations that left this node had]" };
    private readonly Option<string?> _downtime = new("--downtime") { HelpName = "TIME", Description = "how long a guest may stand still at the switch [300ms, QEMU's default]" };
    private readonly Option<string?> _guest = new("--guest") { HelpName = "NAME", Description = "one guest alone, with all of the bandwidth: NAMESPACE/NAME, the domain's name, or its UUID" };

    public IReadOnlyList<Option> Options => [_parallel, _bandwidth, _downtime, _guest];

    /// <summary>The first of its options that stands on the command line; null: none.</summary>
    public string? Given(Invocation run) => Options.FirstOrDefault(run.Given)?.Name;

    public int Show(Invocation run)
    {
        var request = Request(run);
        if (run.Value(_guest) is { } name) return One(run, request, name);
        return MigrationAgent.Ask(run, agent =>
        {
            var forecast = agent.Drain(request);
            if (!run.PrintForPrograms(() => DrainJson.Of(forecast))) Write(run, DrainTable.Lines(forecast, run.Style, run.Settings.Width));
            return Cli.ExitCode.Done;
        });
    }

    private int One(Invocation run, GetDrainForecastRequest request, string name)
    {
        if (run.Given(_parallel)) throw new CliException(Cli.ExitCode.Invalid, "--parallel and --guest exclude each other: one guest has all of the bandwidth");
        return MigrationAgent.Ask(run, agent =>
        {
            var guest = GuestFilter.One(agent.Guests(), name);
            var answer = agent.Forecast(new GetMigrationForecastRequest { GuestUuid = guest.Ref.Uuid, BandwidthBytesPerSecond = request.BandwidthBytesPerSecond, DowntimeLimit = request.DowntimeLimit });
            var forecast = new GuestDrainForecast { Guest = guest.Ref, Forecast = answer.Forecast, Blockers = { answer.Blockers }, Unknowns = { answer.Unknowns }, MemoryBytes = guest.MemoryBytes, DirtyRate = guest.DirtyRate };
            if (!run.PrintForPrograms(() => DrainJson.Of(forecast, answer.Basis))) Write(run, DrainTable.One(forecast, answer.Basis, run.Style, run.Settings.Width));
            return Cli.ExitCode.Done;
        });
    }

    private GetDrainForecastRequest Request(Invocation run)
    {
        var request = new GetDrainForecastRequest();
        if (run.Value(_parallel) is { } parallel) request.Parallel = parallel is >= 1 and <= 1000 ? (uint)parallel : throw new CliException(Cli.ExitCode.Invalid, $"--parallel {parallel}: expected a number from 1 to 1000");
        if (run.Value(_bandwidth) is { } bandwidth) request.BandwidthBytesPerSecond = Bandwidth.Parse("--bandwidth", bandwidth);
        if (run.Value(_downtime) is { } downtime) request.DowntimeLimit = Bandwidth.Time("--downtime", downtime, s_shortestDowntime, s_longestDowntime).ToDuration();
        return request;
    }

    private static void Write(Invocation run, IEnumerable<string> lines)
    {
        foreach (var line in lines) run.Out.WriteLine(line);
    }
}
