namespace NodeAgent.Doctor.Facts;

/// <summary>What matters of multipath.conf(5).</summary>
/// <param name="Settings">Every setting, in order.</param>
/// <param name="Mistakes">Lines that multipathd takes otherwise than they look: "multipath.conf line 3: …".</param>
internal sealed record MultipathConfiguration(IReadOnlyList<MultipathSetting> Settings, IReadOnlyList<string> Mistakes);
