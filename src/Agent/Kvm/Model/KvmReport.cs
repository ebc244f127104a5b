namespace NodeAgent.Kvm.Model;

/// <summary>Whether this node can run virtual machines with KVM, why, and what was read for it.</summary>
public sealed record KvmReport
{
    /// <summary>When the reading ended.</summary>
    public required DateTimeOffset Checked { get; init; }

    /// <summary>A VM can be created and, where it could be tried, its guest runs.</summary>
    public required bool Usable { get; init; }

    public required KvmReason Reason { get; init; }

    /// <summary>Why, and the next thing to check or do where it cannot be used; one sentence without a full stop.</summary>
    public required string Sentence { get; init; }

    /// <summary>What it means for guests that this node is itself a virtual machine, or has no KVM; null where neither is so.</summary>
    public string? Advice { get; init; }

    public required KvmFacts Facts { get; init; }
}
