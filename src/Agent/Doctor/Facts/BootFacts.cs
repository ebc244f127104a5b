namespace NodeAgent.Doctor.Facts;

/// <summary>What the root file system is on.</summary>
/// <param name="FileSystem">"ext4 on /dev/mapper/vg-root"</param>
/// <param name="Layers">From the file system down: "LVM volume vg-root", "partition sda2".</param>
/// <param name="Maps">Those of them that are multipath maps, by name.</param>
/// <param name="Disks">At the bottom; empty where it is on no block device.</param>
internal sealed record BootFacts(string FileSystem, IReadOnlyList<string> Layers, IReadOnlyList<string> Maps, IReadOnlyList<Disk> Disks);
