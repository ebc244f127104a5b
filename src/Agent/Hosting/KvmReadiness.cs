using NodeAgent.Kvm;

namespace NodeAgent.Hosting;

/// <summary>
/// The part "kvm" of readiness: ready once KVM was checked, whatever came of it. A node without KVM is a matter of verdicts and metrics;
/// the agent does all of its work there, and restarting it, which is what others do with what is not ready, would help nobody.
/// </summary>
internal static class KvmReadiness
{
    private const string Part = "kvm";

    public static void Tell(KvmBoard board, Readiness readiness)
    {
        readiness.Set(Part, false, "KVM is being checked for the first time");
        board.Checked += report => readiness.Set(Part, true, report.Usable ? report.Sentence : $"checked, and it cannot be used: {report.Sentence}");
    }
}
