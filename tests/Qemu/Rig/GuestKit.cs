using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>What guests are made of: a stock kernel and an init of ours (TCG), or a kernel of 45 bytes (KVM); compiled once for each content.</summary>
public static class GuestKit
{
    private static readonly Lock s_compiler = new();
    private static readonly Lazy<string?> s_whyNoKvm = new(WhyNoKvm);

    private static string Tools => Environment.GetEnvironmentVariable("NODEAGENT_TOOLS") is { Length: > 0 } tools ? tools
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "nodeagent-tools");

    /// <summary>tests/Qemu/install leaves it there.</summary>
    public static string Kernel => Path.Combine(Tools, "guest-kernel", "vmlinuz");

    /// <summary>Why no guest of this kind can run here, for a skip; null: it can.</summary>
    public static string? WhyNot(bool kvm) =>
        !Command.Has("qemu-system-x86_64") ? "qemu-system-x86_64 is not installed (tests/Qemu/install)"
        : !Command.Has("gcc") ? "no gcc to build guests with (tests/Qemu/install)"
        : !Command.Has("setpriv") ? "no setpriv (util-linux) to end guests with their test"
        : !kvm ? File.Exists(Kernel) ? null : $"no kernel for guests in {Kernel} (tests/Qemu/install)"
        : s_whyNoKvm.Value;

    /// <summary>The initramfs of guests under TCG.</summary>
    public static string Initrd => Built("guest-init.c", "", static (source, target) =>
    {
        Command.Run("gcc", "-O2", "-static", "-w", "-o", $"{target}.init", source);
        Initramfs.Write(target, File.ReadAllBytes($"{target}.init"));
        File.Delete($"{target}.init");
    });

    /// <summary>The kernel of a guest for KVM.</summary>
    /// <param name="rate">MiB dirtied a second, page after page.</param>
    /// <param name="workingSet">In how many MiB.</param>
    public static string KvmKernel(int rate, int workingSet)
    {
        var cycles = (long)(TscHertz() / (rate * 256.0));
        return Built("guest-kvm.S", $"-DCYC={cycles} -DWS={workingSet}", (source, target) => Command.Run(
            "gcc", "-m32", "-ffreestanding", "-nostdlib", "-static", "-Wl,-Ttext=0x100000", "-Wl,--section-start=.mb=0x0ff000",
            $"-DCYC={cycles}", $"-DWS={workingSet}", "-x", "assembler-with-cpp", source, "-o", target));
    }

    private static string? WhyNoKvm()
    {
        try
        {
            File.OpenHandle("/dev/kvm", FileMode.Open, FileAccess.ReadWrite).Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"no KVM here: {e.Message}";
        }
    }

    private static double TscHertz()
    {
        var line = File.ReadLines("/proc/cpuinfo").First(static line => line.StartsWith("cpu MHz", StringComparison.Ordinal));
        return double.Parse(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture) * 1e6;
    }

    private static string Built(string source, string options, Action<string, string> build)
    {
        var from = Path.Combine(AppContext.BaseDirectory, "guests", source);
        var key = Convert.ToHexStringLower(SHA256.HashData([.. File.ReadAllBytes(from), .. Encoding.UTF8.GetBytes(options)]))[..16];
        var target = Path.Combine(Tools, "guests", $"{Path.GetFileNameWithoutExtension(source)}-{key}");
        lock (s_compiler)
        {
            if (File.Exists(target)) return target;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var unfinished = $"{target}.{Environment.ProcessId}";
            build(from, unfinished);
            File.Move(unfinished, target, overwrite: true);
            return target;
        }
    }
}
