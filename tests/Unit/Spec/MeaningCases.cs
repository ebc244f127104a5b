using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;
using Xunit;

namespace NodeAgent.Tests.Unit.Spec;

/// <summary>cases/meaning: a desired document, what is there (or `unknown`), and every error and note.</summary>
public sealed class MeaningCases
{
    public static TheoryData<string> Names => [.. CaseFile.Names("meaning")];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_document_gives_the_errors_and_notes_expected(string name)
    {
        var file = CaseFile.Load("meaning", name);
        var observed = file["observed"] is { } text ? SnapshotFromDocument.Build(Read("observed.yaml", text)) : null;
        var result = SemanticCheck.Examine(Read("d.yaml", file["desired"]!), observed);
        file.Check([.. result.Errors.Select(e => e.ToString()), .. result.Notes.Select(n => "note: " + n)]);
    }

    private static DesiredState Read(string name, string text)
    {
        var result = DocumentReader.Read(name, text);
        Assert.Empty(result.Errors);
        return result.Document!.Desired;
    }
}
