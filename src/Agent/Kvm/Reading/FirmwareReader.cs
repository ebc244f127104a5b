using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using NodeAgent.Kvm.Model;
using NodeAgent.Native.Linux;

namespace NodeAgent.Kvm.Reading;

/// <summary>
/// Whether the firmware keeps virtualization off: the processor's own register where /dev/cpu/0/msr can be read (module msr, CAP_SYS_RAWIO),
/// else what the kernel wrote into its log when it found so.
/// </summary>
internal static class FirmwareReader
{
    /// <summary>IA32_FEATURE_CONTROL of Intel, and its bits.</summary>
    private const long FeatureControl = 0x3A;
    private const ulong Locked = 1 << 0;
    private const ulong VmxOutsideSmx = 1 << 2;

    /// <summary>VM_CR of AMD, and its bit.</summary>
    private const long VmCr = 0xC0010114;
    private const ulong SvmDisabled = 1 << 4;

    public static CpuFirmware Read(HostPaths paths, string? vendor)
    {
        var intel = vendor is "GenuineIntel" or "CentaurHauls" or "Shanghai";
        if (!intel && vendor is not ("AuthenticAMD" or "HygonGenuine")) return new CpuFirmware(FirmwareState.Unknown, $"it is not known where processors of {vendor ?? "an unknown vendor"} say it");
        var path = Path.Combine(paths.Dev, "cpu/0/msr");
        if (TryReadMsr(path, intel ? FeatureControl : VmCr, out var value, out var error)) return intel ? OfFeatureControl(value) : OfVmCr(value);
        if (KernelLog.Find(Path.Combine(paths.Dev, "kmsg"), IsAboutFirmware, out var line, out var logError)) return new CpuFirmware(FirmwareState.Disabled, $"the kernel's log: {line}");
        return new CpuFirmware(FirmwareState.Unknown, logError is null ? $"the kernel's log does not speak of it, and {error}" : $"{error}, and {logError}");
    }

    public static CpuFirmware OfFeatureControl(ulong value)
    {
        var source = string.Create(CultureInfo.InvariantCulture, $"IA32_FEATURE_CONTROL is 0x{value:X}");
        // Not locked: the kernel sets and locks it itself.
        return new CpuFirmware((value & Locked) != 0 && (value & VmxOutsideSmx) == 0 ? FirmwareState.Disabled : FirmwareState.Enabled, source);
    }

    public static CpuFirmware OfVmCr(ulong value) =>
        new((value & SvmDisabled) != 0 ? FirmwareState.Disabled : FirmwareState.Enabled, string.Create(CultureInfo.InvariantCulture, $"VM_CR is 0x{value:X}"));

    /// <summary>
    /// "x86/cpu: VMX (outside TXT) disabled by BIOS", "kvm: disabled by bios", "kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL on CPU 0",
    /// "SVM disabled (by BIOS) in MSR_VM_CR": by kernel version.
    /// </summary>
    public static bool IsAboutFirmware(string line) =>
        line.Contains("by bios", StringComparison.OrdinalIgnoreCase)
        && (line.Contains("kvm", StringComparison.OrdinalIgnoreCase) || line.Contains("VMX", StringComparison.Ordinal) || line.Contains("SVM", StringComparison.Ordinal));

    // https://man7.org/linux/man-pages/man4/msr.4.html
    private static bool TryReadMsr(string path, long register, out ulong value, out string error)
    {
        value = 0;
        error = "";
        using var file = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        var read = file.IsInvalid ? -1 : Unistd.ReadAt(file, bytes, register);
        if (read == bytes.Length)
        {
            value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            return true;
        }

        error = read >= 0
            ? $"{path} is no register file"
            : Marshal.GetLastPInvokeError() is var errno && errno == Errno.ENOENT ? $"{path} is absent (modprobe msr)" : $"{path}: {Errno.Name(errno)} ({Errno.Text(errno)})";
        return false;
    }
}
