using NodeAgent.Config;
using NodeAgent.Doctor;
using Xunit;

namespace NodeAgent.Tests.Unit.Doctor;

/// <summary>Asks one check of a table what it says of facts.</summary>
internal static class Judged
{
    public static Finding By<TFacts>(IReadOnlyList<Check<TFacts>> checks, string id, TFacts facts, DoctorSettings? settings = null) =>
        Assert.Single(checks, c => c.Id == id).Judge(facts, settings ?? new DoctorSettings());

    /// <summary>Status and text, "warn: 2 of 4"; whoever warns or fails says what to do.</summary>
    public static string Text<TFacts>(IReadOnlyList<Check<TFacts>> checks, string id, TFacts facts, DoctorSettings? settings = null)
    {
        var finding = By(checks, id, facts, settings);
        if (finding.Status is CheckStatus.Warn or CheckStatus.Fail) Assert.False(string.IsNullOrWhiteSpace(finding.Fix));
        if (finding.Status is CheckStatus.Ok or CheckStatus.Absent) Assert.Null(finding.Fix);
        Assert.False(string.IsNullOrWhiteSpace(finding.Found));
        return $"{finding.Status.ToString().ToLowerInvariant()}: {finding.Found}";
    }
}
