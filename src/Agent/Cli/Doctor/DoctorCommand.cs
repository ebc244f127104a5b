using System.CommandLine;
using NodeAgent.Doctor;

namespace NodeAgent.Cli.Doctor;

/// <summary>nodeagent doctor</summary>
internal static class DoctorCommand
{
    public static CliCommand Build(string description)
    {
        var only = new Option<string[]>("--only") { Description = "these checks only; several: comma or again", HelpName = "ID…" };
        return new CliCommand("doctor", description)
        {
            Options = { only },
            Flags = new ConfigurationFlags(static key => key.StartsWith("doctor.", StringComparison.Ordinal)),
            Run = run => Show(run, Asked(run, only)),
            Details = $"Compares this host with the hardware, kernel, services and settings that VMs need, reading only. What fails comes first, with why it matters and what to do. Exit code 0: fit, no check fails; 1: not fit. A check that is unknown, often for want of root, does not make a host unfit, and is shown with the reason; one that is absent is of something this host does not have and does not need, or that doctor.skip names. -v says why each matters, also where nothing is wrong.\nChecks: {string.Join(", ", CheckIds.All)}.",
            Examples =
            [
                new("nodeagent doctor", "before a host becomes a worker, and when VMs do not start on it"),
                new("nodeagent doctor --only nics.count,nics.speed -v", "some checks in full"),
                new("nodeagent doctor --doctor-skip fc.count", "a node without Fibre Channel by design (for good: doctor.skip in the configuration)"),
                new("nodeagent doctor -o json | jq '.checks[] | select(.status == \"fail\")'", "for programs"),
            ],
        };
    }

    private static int Show(Invocation run, IReadOnlyList<string> asked)
    {
        var examination = new Examination(DoctorAreas.Of(run.Host.Doctor(run)), Examination.DefaultLimit);
        var report = examination.Run(run.Settings.Configuration.Doctor, id => asked.Count == 0 || asked.Contains(id));
        if (!run.PrintForPrograms(() => DoctorJson.Of(report))) DoctorText.Write(run, report, asked.Count == 0);
        return report.Fit ? ExitCode.Done : ExitCode.Failed;
    }

    private static IReadOnlyList<string> Asked(Invocation run, Option<string[]> only)
    {
        var ids = (run.Value(only) ?? []).SelectMany(static v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (ids.Find(static id => !CheckIds.All.Contains(id)) is { } wrong) throw new CliException(ExitCode.Invalid, $"--only: there is no check {wrong}; there are {string.Join(", ", CheckIds.All)}");
        return ids;
    }
}
