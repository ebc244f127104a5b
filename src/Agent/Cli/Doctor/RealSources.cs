using NodeAgent.Doctor;
using NodeAgent.Doctor.Reading;

namespace NodeAgent.Cli.Doctor;

/// <summary>The host this process runs on.</summary>
internal static class RealSources
{
    public static DoctorSources Of(Invocation run) => new()
    {
        Paths = run.Settings.Paths,
        Clock = ClockReader.Kernel,
        FreeBytes = StateReader.FreeBytes,
        Kvm = () => run.Host.Kvm(run.Settings),
        Network = () => run.Host.Engine(run.Settings).Observe(),
    };
}
