using NodeAgent.Doctor;
using NodeAgent.Native.Linux;

namespace NodeAgent.Cli.Doctor;

/// <summary>`doctor` for people: what is wrong first, with what to do about it.</summary>
internal static class DoctorText
{
    /// <param name="run">Where to.</param>
    /// <param name="report">What was found.</param>
    /// <param name="isWhole">Every check was asked for.</param>
    public static void Write(Invocation run, DoctorReport report, bool isWhole)
    {
        var style = run.Style;
        var host = new HostFacts(run.Settings.Paths);
        run.Out.WriteLine($"{style.Head(host.HostName ?? "this host")}, kernel {host.KernelRelease ?? "unknown"}");
        Section(run, report, CheckStatus.Fail, "Fails", style.Bad);
        Section(run, report, CheckStatus.Warn, "Warnings", style.Warn);
        Section(run, report, CheckStatus.Unknown, "Unknown", style.Warn);
        Section(run, report, CheckStatus.Absent, "Absent", style.Faint);
        Section(run, report, CheckStatus.Ok, "In order", style.Good);
        run.Out.WriteLine();
        var verdict = report.Fit ? (isWhole ? "Fit for VMs" : "No check that was asked for fails") : $"Not fit for VMs: {Count(report, CheckStatus.Fail, "check fails", "checks fail")}";
        run.Out.WriteLine(report.Fit ? style.Good(verdict + Rest(report)) : style.Bad(verdict + Rest(report)));
    }

    private static void Section(Invocation run, DoctorReport report, CheckStatus status, string head, Func<string, string> paint)
    {
        var checks = report.Checks.Where(c => c.Status == status).ToList();
        if (checks.Count == 0) return;
        run.Out.WriteLine();
        var inFull = status is CheckStatus.Fail or CheckStatus.Warn or CheckStatus.Unknown || run.Settings.Verbose;
        run.Out.WriteLine(inFull ? run.Style.Head(head) : $"{run.Style.Head(head)}  {run.Style.Faint("why each matters: -v")}");
        if (inFull)
        {
            foreach (var check in checks) InFull(run, check, paint);
            return;
        }

        var table = new TextTable();
        foreach (var check in checks) table.Add(new Cell(check.Id, paint), WithWanted(check));
        table.Write(run.Out, run.Style, run.Settings.Width, "  ");
    }

    private static void InFull(Invocation run, CheckResult check, Func<string, string> paint)
    {
        var head = new TextTable();
        head.Add(new Cell(check.Id, paint), WithWanted(check));
        head.Write(run.Out, run.Style, run.Settings.Width, "  ");
        var text = new TextTable();
        text.Add("why:", check.Why);
        if (check.Fix is { } fix) text.Add("fix:", fix);
        text.Write(run.Out, run.Style, run.Settings.Width, "      ");
    }

    private static string WithWanted(CheckResult check) => check.Found == check.Wanted ? check.Found : $"{check.Found}; wanted: {check.Wanted}";

    private static string Rest(DoctorReport report)
    {
        var rest = "";
        if (report.Checks.Any(static c => c.Status == CheckStatus.Warn)) rest += ", " + Count(report, CheckStatus.Warn, "warning", "warnings");
        if (report.Checks.Any(static c => c.Status == CheckStatus.Unknown)) rest += $", {Count(report, CheckStatus.Unknown, "unknown", "unknown")}{(Unistd.geteuid() == 0 ? "" : " (root can see more)")}";
        return rest;
    }

    private static string Count(DoctorReport report, CheckStatus status, string one, string many) => Plural.Of(report.Checks.Count(c => c.Status == status), one, many);
}
