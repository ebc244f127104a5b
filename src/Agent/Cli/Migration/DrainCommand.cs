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
        var name = run.Value(_guest);
        return MigrationAgent.Ask(run, agent =>
        {
            var guest = name is null ? null : GuestFilter.One(agent.Guests(), name);
            if (guest is not null && run.Value(_parallel) is null) request.Parallel = 1;
            var forecast = agent.Drain(request);
            var one = guest is null ? null : forecast.Guests.FirstOrDefault(g => g.Guest.Equals(guest.Ref)) ?? throw new CliException(Cli.ExitCode.Failed, $"{WireWords.Name(guest.Ref)} has just left this node");
            if (!run.PrintForPrograms(() => one is null ? DrainJson.Of(forecast) : DrainJson.Of(one, forecast))) Write(run, one is null ? DrainTable.Lines(forecast, run.Style, run.Settings.Width) : DrainTable.One(one, forecast, run.Style, run.Settings.Width));
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
