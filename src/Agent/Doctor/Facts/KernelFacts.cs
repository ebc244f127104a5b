namespace NodeAgent.Doctor.Facts;

/// <param name="Release">"5.15.0-91-generic"</param>
/// <param name="Parts">By name of the module.</param>
/// <param name="VlanFiltering">Bridges can filter VLANs.</param>
/// <param name="VlanFilteringSource">What says so.</param>
/// <param name="ModulesDisabled">No module can be loaded until the next start (kernel.modules_disabled).</param>
internal sealed record KernelFacts(Known<string> Release, IReadOnlyDictionary<string, KernelPart> Parts, Known<bool> VlanFiltering, string VlanFilteringSource, bool ModulesDisabled);
