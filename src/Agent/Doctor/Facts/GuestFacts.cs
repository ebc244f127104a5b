namespace NodeAgent.Doctor.Facts;

/// <param name="Qemus">QEMU processes.</param>
/// <param name="Servers">libvirt's daemons, one in each pod of a VM or one of the host.</param>
internal sealed record GuestFacts(int Qemus, IReadOnlyList<LibvirtServer> Servers);
