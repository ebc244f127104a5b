namespace NodeAgent.Kvm.Model;

/// <summary>Whether guests may have guests of their own.</summary>
/// <param name="Enabled">The module's parameter nested; null where no loaded module has it, or it cannot be read.</param>
/// <param name="Reason">What that says, in one sentence.</param>
public sealed record KvmNested(bool? Enabled, string Reason);
