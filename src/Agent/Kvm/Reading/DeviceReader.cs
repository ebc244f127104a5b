using System.Globalization;
using System.Runtime.InteropServices;
using NodeAgent.Files;
using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Probing;
using NodeAgent.Native.Kvm;
using NodeAgent.Native.Linux;

namespace NodeAgent.Kvm.Reading;

/// <summary>
/// Opens /dev/kvm, asks what it can, creates a VM and runs the probe's guest, on a thread of its own: no request to the driver that hangs
/// holds the caller. While one hangs the device is not touched again.
/// </summary>
internal sealed class DeviceReader(HostPaths paths, TimeProvider clock, TimeSpan guestLimit) : IDeviceReader
{
    /// <summary>What is left for all other requests once the guest has had its time.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly BoundedCall _calls = new("kvm probe");
    private readonly string _path = Path.Combine(paths.Dev, "kvm");

    /// <summary>What the thread does right now, for the sentence that says where it hangs.</summary>
    private volatile string _step = "";

    public KvmDevice Read(UnreadFiles files)
    {
        var accounts = new Accounts(paths, files);
        if (_calls.IsStuck) return Stuck($"{_path} has not come back from {_step}, and is left alone until it does; look at the kernel's log (dmesg)", ProbeOutcome.NotRun, null);
        var start = clock.GetTimestamp();
        if (_calls.TryRun(() => Look(accounts), guestLimit + s_grace, out var device) && device is not null) return device;
        return Stuck($"{_path} has not come back from {_step} within {Seconds(guestLimit + s_grace)}; look at the kernel's log (dmesg)", ProbeOutcome.Timeout, clock.GetElapsedTime(start));
    }

    private KvmDevice Look(Accounts accounts)
    {
        _step = "stat";
        if (Stat.Describe(_path) is not { } file)
        {
            return Marshal.GetLastPInvokeError() is var statError && statError is Errno.ENOENT or Errno.ENOTDIR
                ? Not(KvmDeviceState.Absent, $"{_path} is missing")
                : Not(KvmDeviceState.Failed, $"{_path}: {Describe(statError)}");
        }

        var device = new KvmDevice
        {
            State = KvmDeviceState.Open,
            Path = _path,
            Owner = accounts.User(file.Owner),
            Group = accounts.Group(file.Group),
            Mode = "0" + Convert.ToString(file.Permissions, 8).PadLeft(3, '0'),
            Probe = NotRun("the device was not opened"),
        };
        if (!file.IsCharacterDevice || file is not { Major: KvmNumber.Major, Minor: KvmNumber.Minor }) return Failed(device, KvmDeviceState.Wrong, $"{_path} is {Kind(file)}, not the character device {KvmNumber.Major}:{KvmNumber.Minor}");
        _step = "open";
        using var kvm = KvmSystem.TryOpen(_path, out var errno);
        return kvm is null ? Refused(device, errno) : Ask(kvm, device);
    }

    private KvmDevice Ask(KvmSystem kvm, KvmDevice device)
    {
        try
        {
            _step = "KVM_GET_API_VERSION";
            device = device with { ApiVersion = kvm.GetApiVersion() };
            if (device.ApiVersion != KvmSystem.ApiVersion) return device with { Probe = NotRun("KVM speaks another version") };
            _step = "KVM_CHECK_EXTENSION";
            device = device with { Extensions = KvmExtensions.All.Select(k => new KvmExtension(k.Name, kvm.CheckExtension(k.Number))).ToArray() };
        }
        catch (KvmException e)
        {
            return Failed(device, KvmDeviceState.Failed, $"{_path} does not answer as KVM does: {e.Message}");
        }

        return Create(kvm, device);
    }

    private KvmDevice Create(KvmSystem kvm, KvmDevice device)
    {
        var start = clock.GetTimestamp();
        try
        {
            _step = "KVM_CREATE_VM";
            using var vm = kvm.CreateVm();
            if (RuntimeInformation.ProcessArchitecture != Architecture.X64) return device with { Probe = NotRun("the probe's guest is made of x86 instructions") };
            _step = "running a guest";
            var result = GuestRun.Run(vm, ProbeGuest.Of((int)start), guestLimit);
            _step = "ending the VM";
            return device with { TscKhz = result.TscKhz, Probe = new KvmProbe(result.Outcome, result.Reason, clock.GetElapsedTime(start)) };
        }
        catch (KvmException e)
        {
            return device with
            {
                CreateError = e.Message,
                CreateBusy = e.ErrorCode is Errno.EBUSY or Errno.ENODEV,
                Probe = NotRun("no VM could be created"),
            };
        }
    }

    private KvmDevice Refused(KvmDevice device, int errno) => errno switch
    {
        Errno.EACCES => Failed(device, KvmDeviceState.NotPermitted, $"{_path} belongs to {device.Owner} and {device.Group} with mode {device.Mode}, and this process runs as user {Unistd.geteuid()}"),
        Errno.EPERM => Failed(device, KvmDeviceState.NotPermitted, $"opening {_path} is forbidden to this process ({Describe(errno)})"),
        Errno.ENODEV or Errno.ENXIO => Failed(device, KvmDeviceState.NoDriver, $"{_path} has no driver behind it ({Describe(errno)})"),
        Errno.EBUSY => Failed(device, KvmDeviceState.Busy, $"{_path} is held by something else ({Describe(errno)})"),
        Errno.ENOENT => Failed(device, KvmDeviceState.Absent, $"{_path} is missing"),
        _ => Failed(device, KvmDeviceState.Failed, $"{_path}: {Describe(errno)}"),
    };

    private KvmDevice Not(KvmDeviceState state, string error) => new() { State = state, Path = _path, Error = error, Probe = NotRun(error) };

    private static KvmDevice Failed(KvmDevice device, KvmDeviceState state, string error) => device with { State = state, Error = error, Probe = NotRun(error) };

    private KvmDevice Stuck(string error, ProbeOutcome outcome, TimeSpan? duration) =>
        new() { State = KvmDeviceState.Stuck, Path = _path, Error = error, Probe = new KvmProbe(outcome, error, duration) };

    private static KvmProbe NotRun(string reason) => new(ProbeOutcome.NotRun, reason, null);

    private static string Kind(FileStatus file) => file.IsCharacterDevice ? string.Create(CultureInfo.InvariantCulture, $"the character device {file.Major}:{file.Minor}") : "no character device";

    private static string Describe(int errno) => $"{Errno.Name(errno)}, {Errno.Text(errno)}";

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
