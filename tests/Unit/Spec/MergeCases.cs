using NodeAgent.Network.Spec;
using Xunit;

namespace NodeAgent.Tests.Unit.Spec;

/// <summary>cases/merge: several documents, and their errors or the one state they make.</summary>
public sealed class MergeCases
{
    public static TheoryData<string> Names => [.. CaseFile.Names("merge")];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_documents_give_the_errors_or_the_state_expected(string name)
    {
        var file = CaseFile.Load("merge", name);
        var documents = file.Inputs.Select(p => DocumentReader.Read(p.Name, p.Text)).ToList();
        Assert.Empty(documents.SelectMany(d => d.Errors));
        var merged = PolicyMerge.Merge([.. documents.Select(d => d.Document!)]);
        file.Check(merged.Errors.Count > 0 ? merged.Errors.Select(e => e.ToString()) : DocumentWriter.ToYaml(merged.Desired).TrimEnd('\n').Split('\n'));
    }
}
