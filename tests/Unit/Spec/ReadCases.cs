using NodeAgent.Network.Spec;
using Xunit;

namespace NodeAgent.Tests.Unit.Spec;

/// <summary>cases/read: a document and every error of it, or what was read.</summary>
public sealed class ReadCases
{
    public static TheoryData<string> Names => [.. CaseFile.Names("read")];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_document_gives_the_errors_or_the_state_expected(string name)
    {
        var file = CaseFile.Load("read", name);
        var result = DocumentReader.Read("d.yaml", file["document"]!);
        if (result.Document is not { } document)
        {
            file.Check(result.Errors.Select(e => e.ToString()));
            return;
        }

        Assert.Empty(result.Errors);
        file.Check([.. DocumentWriter.ToYaml(document.Desired).TrimEnd('\n').Split('\n'), .. Extras(document)]);
    }

    private static IEnumerable<string> Extras(NodeAgent.Network.Model.PolicyDocument document)
    {
        if (document.Name != "d") yield return $"policy {document.Name}, mode {document.Mode}";
        if (document.Confirm is { } confirm) yield return $"confirm within {Durations.Format(confirm)}";
        if (document.AllowDisrupt.Count > 0) yield return $"may disrupt {string.Join(", ", document.AllowDisrupt)}";
        foreach (var probe in document.Probes ?? []) yield return $"probe {probe} within {Durations.Format(probe.Timeout)}";
        foreach (var note in document.Notes) yield return "note: " + note;
    }
}
