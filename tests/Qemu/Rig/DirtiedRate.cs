namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>What a guest says that it wrote in its last second: the truth that metrics are compared with.</summary>
/// <param name="Seconds">Of the guest's own clock.</param>
/// <param name="HotMiB">MiB a second.</param>
/// <param name="ColdMiB">MiB a second.</param>
public readonly record struct DirtiedRate(double Seconds, double HotMiB, double ColdMiB);
