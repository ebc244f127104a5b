using NodeAgent.Kvm.Model;
using NodeAgent.Verdicts;

namespace NodeAgent.Kvm.Judging;

/// <summary>KVM as one of the node's verdicts.</summary>
internal static class KvmVerdict
{
    public const string Object = "kvm";

    /// <summary>
    /// This platform runs VMs and nothing else will do: without KVM the node is of no use, which is critical. That the node is itself a
    /// virtual machine is part of the sentence only: whoever set it up knows, and a warning that never goes away is read by nobody.
    /// </summary>
    public static Verdict Of(KvmReport report) => new(
        VerdictKind.Kvm,
        Object,
        KvmWords.Of(report.Reason),
        report.Usable ? Severity.Ok : report.Reason == KvmReason.Unknown ? Severity.Unknown : Severity.Critical,
        report.Sentence);
}
