using NodeAgent.Config;
using NodeAgent.Doctor;
using Xunit;

namespace NodeAgent.Tests.Unit.Doctor;

/// <summary>One area or check that fails or hangs costs its own lines only.</summary>
public sealed class ExaminationTests
{
    private static readonly DoctorSettings s_settings = new();

    [Fact]
    public void All_checks_come_in_order_with_what_is_wanted_and_why()
    {
        var report = Run([Area("a", () => 1, Good("a.1"), Good("a.2")), Area("b", () => 2, Good("b.1"))]);
        Assert.Equal(["a.1", "a.2", "b.1"], report.Checks.Select(static c => c.Id));
        Assert.Equal(new CheckResult("a.1", CheckStatus.Ok, "1", "wanted", "why", null), report.Checks[0]);
        Assert.True(report.Fit);
    }

    [Fact]
    public void A_reader_that_throws_makes_its_own_checks_unknown()
    {
        var report = Run([Area<int>("the a", static () => throw new InvalidDataException("broken"), Good("a.1"), Good("a.2")), Area("b", () => 2, Good("b.1"))]);
        Assert.Equal(["unknown: reading the a failed: broken", "unknown: reading the a failed: broken", "ok: 2"], report.Checks.Select(Text));
        Assert.True(report.Fit);
    }

    [Fact]
    public void A_check_that_throws_makes_itself_unknown()
    {
        var bad = new Check<int>("a.1", static _ => "wanted", "why", static (_, _) => throw new InvalidOperationException("surprised"));
        Assert.Equal(["unknown: the check failed: surprised", "ok: 1"], Run([Area("a", () => 1, bad, Good("a.2"))]).Checks.Select(Text));
    }

    [Fact]
    public void A_reader_that_hangs_makes_its_own_checks_unknown_and_holds_up_nobody()
    {
        using var gate = new ManualResetEventSlim();
        DoctorReport? report = null;
        var areas = new IArea[]
        {
            Area("the a", () =>
            {
                gate.Wait();
                return 1;
            }, Good("a.1")),
            Area("b", () => 2, Good("b.1")),
        };
        // On a busy machine the other one's thread may need longer to begin.
        foreach (var limit in (double[])[0.2, 2, 20])
        {
            report = new Examination(areas, TimeSpan.FromSeconds(limit)).Run(s_settings, static _ => true);
            Assert.Equal($"unknown: reading the a did not end in {limit} s: a driver or program hangs", Text(report.Checks[0]));
            if (report.Checks[1].Status == CheckStatus.Ok) break;
        }

        gate.Set();
        Assert.Equal("ok: 2", Text(report!.Checks[1]));
    }

    [Fact]
    public void A_failure_makes_it_unfit_and_nothing_else_does()
    {
        foreach (var status in Enum.GetValues<CheckStatus>())
        {
            var check = new Check<int>("a.1", static _ => "wanted", "why", (_, _) => new Finding(status, "found"));
            Assert.Equal(status != CheckStatus.Fail, Run([Area("a", () => 1, check)]).Fit);
        }
    }

    [Fact]
    public void What_is_skipped_is_absent_and_not_even_read()
    {
        var bad = new Check<int>("a.1", static _ => "wanted", "why", static (_, _) => Finding.Fail("bad", "fix"));
        var settings = new DoctorSettings { Skip = ["a.1"] };
        var read = 0;
        var report = new Examination([Area("a", () => ++read, bad)], TimeSpan.FromMinutes(1)).Run(settings, static _ => true);
        Assert.Equal("absent: does not count here: doctor.skip names it", Text(Assert.Single(report.Checks)));
        Assert.Null(report.Checks[0].Fix);
        Assert.True(report.Fit);
        Assert.Equal(0, read);
    }

    [Fact]
    public void Only_what_is_asked_for_is_read_and_shown()
    {
        var report = Run([Area<int>("a", static () => throw new InvalidOperationException("was read"), Good("a.1")), Area("b", () => 2, Good("b.1"), Good("b.2"))], "b.2");
        Assert.Equal("b.2", Assert.Single(report.Checks).Id);
    }

    [Fact]
    public void The_ids_that_may_be_named_are_those_there_are()
    {
        var areas = DoctorAreas.Of(PlayedSources.Of(new HostPaths()));
        Assert.Equal(CheckIds.All, areas.SelectMany(static a => a.Ids));
        Assert.Equal(CheckIds.All.Count, CheckIds.All.Distinct().Count());
    }

    private static DoctorReport Run(IReadOnlyList<IArea> areas, string? only = null) =>
        new Examination(areas, TimeSpan.FromMinutes(1)).Run(s_settings, id => only is null || id == only);

    private static Area<T> Area<T>(string name, Func<T> read, params Check<T>[] checks) => new(name, read, checks);

    private static Check<int> Good(string id) => new(id, static _ => "wanted", "why", static (facts, _) => Finding.Ok($"{facts}"));

    private static string Text(CheckResult check) => $"{check.Status.ToString().ToLowerInvariant()}: {check.Found}";
}
