using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>nodeagent migration measure GUEST</summary>
internal static class MeasureCommand
{
    private static readonly string[] s_methods = ["page-sampling", "dirty-bitmap", "dirty-ring"];

    public static CliCommand Build(string description)
    {
        var guest = new Argument<string>("GUEST") { Description = "NAMESPACE/NAME, the domain's name, or its UUID" };
        var period = new Option<string?>("--period") { Description = "how long, 1s to 60s [1s]; whole seconds", HelpName = "TIME" };
        var method = new Option<string?>("--method") { Description = "page-sampling, dirty-bitmap or dirty-ring [page-sampling]", HelpName = "METHOD" };
        return new CliCommand("measure", description)
        {
            Arguments = { guest },
            Options = { period, method },
            Run = run => Measure(run, run.Value(guest)!, run.Value(period), run.Value(method)),
            Details = "QEMU samples pages of the guest for that time (calc-dirty-rate); the guest runs on. `nodeagent migration forecast` reckons with the result. "
                + "A long period reads too low where a guest writes to the same pages over and over. Not while the guest migrates, and not again within seconds. dirty-bitmap and dirty-ring only where the guest's KVM has them.",
            Examples =
            [
                new("nodeagent migration measure prod/db-1", "before a drain"),
                new("for g in $(nodeagent migration list -o json | jq -r '.guests[].uuid'); do nodeagent migration measure $g; done", "of every guest"),
                new("nodeagent migration measure prod/db-1 --period 5s -o json | jq .bytesPerSecond", "for programs"),
            ],
        };
    }

    private static int Measure(Invocation run, string name, string? period, string? method)
    {
        var time = period is null ? TimeSpan.FromSeconds(1) : Bandwidth.Time("--period", period, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        if (method is not null && !s_methods.Contains(method)) throw new CliException(ExitCode.Invalid, $"--method {SafeText.Of(method)}: expected {string.Join(", ", s_methods[..^1])} or {s_methods[^1]}");
        return run.Host.Interruptible(stop => MigrationAgent.Ask(run, agent =>
        {
            var guest = GuestFilter.One(agent.Guests(), name);
            if (guest.Ref.Uuid.Length == 0) throw new CliException(ExitCode.Failed, $"{WireWords.Name(guest.Ref)} has no UUID, by which the agent is asked to measure: start its QEMU with -uuid");
            var rate = Wait(run, $"measuring {WireWords.Name(guest.Ref)}", time, () => agent.MeasureAsync(new MeasureDirtyRateRequest { GuestUuid = guest.Ref.Uuid, Period = time.ToDuration(), Method = method ?? "" }, stop));
            if (!run.PrintForPrograms(() => MigrationJson.Of(rate)))
                run.Out.WriteLine($"{WireWords.Name(guest.Ref)} dirties {Amounts.Rate(rate.BytesPerSecond)} ({SafeText.Of(rate.Method)} for {Amounts.Short(rate.Period)})");
            return ExitCode.Done;
        }));
    }

    /// <summary>Shows on a terminal how far it is.</summary>
    private static DirtyRate Wait(Invocation run, string what, TimeSpan period, Func<Task<DirtyRate>> measure)
    {
        var begun = run.Host.Time.GetTimestamp();
        var lines = run.Host.ErrorIsTerminal ? run.Host.Error : TextWriter.Null;
        try
        {
            var measuring = measure();
            while (!measuring.IsCompleted)
            {
                lines.Write($"\r\e[K{what}: {Amounts.Long(run.Host.Time.GetElapsedTime(begun))} of {Amounts.Long(period)}");
                lines.Flush();
                Task.WaitAny([measuring], TimeSpan.FromMilliseconds(250));
            }

            return measuring.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new CliException(ExitCode.Failed, $"{what} was interrupted; QEMU ends it by itself");
        }
        finally
        {
            lines.Write("\r\e[K");
            lines.Flush();
        }
    }
}
