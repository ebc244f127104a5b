namespace NodeAgent.Kvm.Model;

/// <summary>How the kernel stands to a flaw of the processor.</summary>
public enum MitigationState
{
    Unknown,
    NotAffected,
    Mitigated,
    Vulnerable,
}
