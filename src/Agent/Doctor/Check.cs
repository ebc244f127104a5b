using NodeAgent.Config;

namespace NodeAgent.Doctor;

/// <summary>One question about a host, and how the facts answer it: a pure function.</summary>
/// <param name="Id">Stable: "cpu.cores".</param>
/// <param name="Wanted">What should be.</param>
/// <param name="Why">Why it matters, in one sentence.</param>
/// <param name="Judge">From facts to the finding.</param>
internal sealed record Check<TFacts>(string Id, Func<DoctorSettings, string> Wanted, string Why, Func<TFacts, DoctorSettings, Finding> Judge)
{
    public CheckResult Result(Finding finding, DoctorSettings settings) => new(Id, finding.Status, finding.Found, Wanted(settings), Why, finding.Fix);
}
