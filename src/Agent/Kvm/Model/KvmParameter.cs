namespace NodeAgent.Kvm.Model;

/// <summary>One parameter of a module.</summary>
/// <param name="Name">"nested"</param>
/// <param name="Value">As the kernel prints it: "Y", "1", "200000".</param>
public sealed record KvmParameter(string Name, string Value);
