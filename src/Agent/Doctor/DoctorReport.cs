namespace NodeAgent.Doctor;

/// <summary>All that was found.</summary>
/// <param name="Checks">In the order of the areas.</param>
public sealed record DoctorReport(IReadOnlyList<CheckResult> Checks)
{
    /// <summary>No check failed. What is unknown does not make a host unfit: it is shown, and somebody who may read more can tell.</summary>
    public bool Fit => Checks.All(static c => c.Status != CheckStatus.Fail);
}
