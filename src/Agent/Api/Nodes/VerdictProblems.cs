using NodeAgent.Api.Mapping;
using NodeAgent.Verdicts;

namespace NodeAgent.Api.Nodes;

/// <summary>Verdicts that a person should look at, among the other problems of a node.</summary>
internal static class VerdictProblems
{
    /// <summary>
    /// Adds what is not as it should be. A problem that is there already is told once, and gets its kind and severity from the verdict.
    /// What is critical comes first, what could not be found out last. A kind with one object of the same name (KVM) is about the node itself.
    /// </summary>
    public static void Add(V1.Node node, IEnumerable<Verdict> verdicts)
    {
        var problems = node.Problems.ToList();
        foreach (var verdict in verdicts)
        {
            if (verdict.Severity == Severity.Ok) continue;
            var message = WithoutName(verdict);
            var problem = problems.Find(p => p.Kind.Length == 0 && p.Object == verdict.Object && p.Message == message);
            if (problem is null) problems.Add(problem = new V1.Problem { Object = verdict.Object == verdict.Kind ? "" : verdict.Object, Message = message });
            problem.Kind = verdict.Kind;
            problem.Severity = VerdictMapping.ToWire(verdict.Severity);
        }

        node.Problems.Clear();
        node.Problems.Add(problems.OrderBy(static p => Rank(p.Severity)));
    }

    // The object is told beside the message.
    private static string WithoutName(Verdict verdict) =>
        verdict.Sentence.StartsWith(verdict.Object + " ", StringComparison.Ordinal) ? verdict.Sentence[(verdict.Object.Length + 1)..] : verdict.Sentence;

    private static int Rank(V1.Severity severity) => severity switch { V1.Severity.Critical => 0, V1.Severity.Unknown => 2, _ => 1 };
}
