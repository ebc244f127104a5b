using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Migration.Model;
using NodeAgent.Tests.Support.Migrations;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>A real QEMU as the agent reads it from /proc.</summary>
internal static class FoundGuest
{
    public static Guest Of(int pid) => new GuestReader(HostPaths.Default, TimeProvider.System).Read(OwnProcess.Of(pid)).Guest;
}
