using NodeAgent.Doctor;
using NodeAgent.Doctor.Reading;
using NodeAgent.Storage.Reading;

namespace NodeAgent.Cli.Doctor;

/// <summary>The host this process runs on.</summary>
internal static class RealSources
{
    private static readonly TimeSpan s_storageLimit = TimeSpan.FromSeconds(3);

    public static DoctorSources Of(Invocation run) => new()
    {
        Paths = run.Settings.Paths,
        Clock = ClockReader.Kernel,
        FreeBytes = StateReader.FreeBytes,
        Kvm = () => run.Host.Kvm(run.Settings),
        Storage = () => new StorageReader(run.Settings.Paths, run.Host.Time).ReadOnce(s_storageLimit),
        Network = () => run.Host.Engine(run.Settings).Observe(),
    };
}
