using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Merging;

/// <summary>Collects what policies disagree on.</summary>
internal sealed class Conflicts(List<SpecError> errors)
{
    /// <summary>An error at the later value that names the earlier one's place.</summary>
    public void Add(string field, SourceMark first, string? firstPolicy, string firstValue, SourceMark second, string? secondPolicy, string secondValue) =>
        errors.Add(new SpecError(second, field, $"is {secondValue} in policy {secondPolicy}, and {firstValue} in policy {firstPolicy} ({first}); two policies must agree: change one, or remove it there"));
}
