namespace NodeAgent.Doctor;

/// <summary>One line of the doctor's report.</summary>
/// <param name="Id">Stable, for programs and for doctor.skip: "cpu.cores".</param>
/// <param name="Status">How it stands.</param>
/// <param name="Found">What there is.</param>
/// <param name="Wanted">What should be.</param>
/// <param name="Why">Why it matters to VMs.</param>
/// <param name="Fix">What to do; null where there is nothing to do.</param>
public sealed record CheckResult(string Id, CheckStatus Status, string Found, string Wanted, string Why, string? Fix);
