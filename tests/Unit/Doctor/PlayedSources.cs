using System.Runtime.InteropServices;
using NodeAgent.Doctor;
using NodeAgent.Doctor.Facts;
using NodeAgent.Kvm.Reading;
using NodeAgent.Network.Model;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Unit.Doctor;

/// <summary>A host of which the files are a fixture's, and the rest is all well.</summary>
internal static class PlayedSources
{
    public static DoctorSources Of(HostPaths paths) => new()
    {
        Paths = paths,
        Clock = static () => Known<ClockState>.Of(new ClockState(true, TimeSpan.FromMilliseconds(3))),
        FreeBytes = static _ => Known<long>.Of(80_000_000_000),
        Kvm = () => new KvmReader(paths, new ManualClock(), new AbsentKvm(paths), Architecture.X64).Read(),
        Network = static () => new NetworkSnapshot(),
    };

    private sealed class AbsentKvm(HostPaths paths) : IDeviceReader
    {
        public NodeAgent.Kvm.Model.KvmDevice Read(UnreadFiles files) => new DeviceReader(paths, new ManualClock(), TimeSpan.FromSeconds(1)).Read(files);
    }
}
