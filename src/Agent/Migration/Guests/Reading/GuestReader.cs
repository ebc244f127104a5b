using System.Globalization;
using NodeAgent.Files;
using NodeAgent.Migration.Guests.Parsing;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Guests.Reading;

/// <summary>Reads a guest from the files of its process. What cannot be read is left out, and said.</summary>
internal sealed class GuestReader(HostPaths paths, TimeProvider clock)
{
    /// <summary>USER_HZ: what the kernel shows to programs counts so, on every architecture of .NET.</summary>
    private const long TicksPerSecond = 100;

    private const int MostCgroupBytes = 64 << 10;

    /// <param name="process">Still running, or what is read may be another's.</param>
    public GuestReading Read(GuestProcess process)
    {
        var folder = ProcessFiles.Folder(paths, process.Pid);
        var commandLine = HostFile.ReadBytes($"{folder}/cmdline", HostFile.MaxBytes, out var error);
        var line = QemuCommandLine.Parse(commandLine);
        var container = ContainerPath.Parse(HostFile.ReadBytes($"{folder}/cgroup", MostCgroupBytes, out var cgroupError));
        var (@namespace, name) = KubeVirtName.Of(line.Name, container.PodUid);
        var guest = new Guest(process, line.Uuid, line.Name)
        {
            Namespace = @namespace,
            Name = name,
            PodUid = container.PodUid,
            ContainerId = container.ContainerId,
            MemoryBytes = line.MemoryBytes,
            Vcpus = commandLine is { Length: > 0 } ? line.Vcpus : null,
            Started = Started(process),
            Incoming = line.Incoming,
            RunByLibvirt = line.RunByLibvirt,
            Kvm = line.Kvm,
            DirtyRingSize = line.DirtyRingSize,
            Links = line.HasTapDescriptors ? [.. line.Links.Union(TapReader.Read(folder))] : line.Links,
            Blockers = line.Blockers,
            QmpSockets = SocketPaths.Absolute(folder, line.QmpSockets),
        };
        var fingerprint = default(HashCode);
        fingerprint.AddBytes(commandLine);
        return new GuestReading(guest) { Fingerprint = fingerprint.ToHashCode(), IsEmpty = commandLine is { Length: 0 }, Daemonizes = line.Daemonizes, Error = error ?? cgroupError };
    }

    /// <summary>By the time since boot, which nobody sets: a clock that was wrong at the start does no harm.</summary>
    private DateTimeOffset Started(GuestProcess process)
    {
        var now = clock.GetUtcNow();
        var uptime = HostFile.Read($"{paths.Proc}/uptime", 256);
        if (!uptime.IsFound || !double.TryParse(uptime.Text.AsSpan()[..Math.Max(0, uptime.Text.IndexOf(' ', StringComparison.Ordinal))], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return now;
        var age = seconds - process.StartTicks / (double)TicksPerSecond;
        return age is > 0 and < int.MaxValue ? now - TimeSpan.FromSeconds(age) : now;
    }
}
