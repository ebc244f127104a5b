using System.Runtime.InteropServices;
using NodeAgent.Doctor;
using NodeAgent.Doctor.Facts;
using NodeAgent.Kvm.Reading;
using NodeAgent.Network.Model;
using NodeAgent.Storage.Reading;
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
        Kvm = () => new KvmReader(paths, new ManualClock(), new DeviceReader(paths, new ManualClock(), TimeSpan.FromSeconds(1)), Architecture.X64).Read(),
        Storage = () => new StorageReader(paths, new ManualClock()).ReadOnce(TimeSpan.FromMinutes(1)),
        Network = static () => new NetworkSnapshot(),
    };
}
