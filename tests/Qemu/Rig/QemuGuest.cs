using System.Diagnostics;
using System.Globalization;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>A guest in a QEMU of its own, which ends with it, with the test, or with the test's process, whichever is first.</summary>
public sealed class QemuGuest : IDisposable
{
    private const int ReadySeconds = 90;

    private readonly string _folder;
    private readonly Task<string> _errors;
    private QmpMonitor? _monitor;

    /// <summary>Starts QEMU. Skips the test where it cannot.</summary>
    public QemuGuest(GuestOptions options)
    {
        Skip.If(GuestKit.WhyNot(options.Kvm) is not null, GuestKit.WhyNot(options.Kvm));
        Options = options;
        _folder = Directory.CreateTempSubdirectory("guest-").FullName;
        Process = Programs.Start("qemu-system-x86_64", Arguments());
        Process.StandardOutput.Close();
        _errors = Process.StandardError.ReadToEndAsync();
    }

    public GuestOptions Options { get; }

    public Process Process { get; }

    public int Pid => Process.Id;

    /// <summary>Of its own: sockets and its console's log.</summary>
    public string Folder => _folder;

    /// <summary>A monitor that nobody is connected to.</summary>
    public string FreeSocket => Path.Combine(_folder, "free.sock");

    /// <summary>The monitor of the test itself.</summary>
    public string ControlSocket => Path.Combine(_folder, "control.sock");

    public QmpMonitor Monitor => _monitor ??= Connect();

    /// <summary>What QEMU said about itself, once it ended.</summary>
    public string Errors => _errors.IsCompletedSuccessfully ? _errors.Result : "";

    /// <summary>The guest's serial console so far.</summary>
    public string Console => File.Exists(Path.Combine(_folder, "console")) ? ReadConsole() : "";

    /// <summary>What the guest said of itself, a line a second; nothing under KVM.</summary>
    public IReadOnlyList<DirtiedRate> Truth => DirtiedRate.Read(Console);

    /// <summary>A guest that runs and writes as it was told to.</summary>
    public static QemuGuest Running(GuestOptions options)
    {
        var guest = new QemuGuest(options);
        try
        {
            return guest.WaitUntilReady();
        }
        catch
        {
            guest.Dispose();
            throw;
        }
    }

    /// <summary>One that waits for this guest's memory.</summary>
    public QemuGuest Destination() => new(Options with { Incoming = true });

    /// <summary>Waits until it writes.</summary>
    public QemuGuest WaitUntilReady()
    {
        var ready = Wait.Until(() => Process.HasExited || (Options.Kvm ? Monitor.Human("info registers").Contains("EIP=001000", StringComparison.Ordinal) : Truth.Count > 0), ReadySeconds);
        if (!ready || Process.HasExited) throw new TimeoutException($"guest {Options.Name} is not ready after {ReadySeconds} s, or QEMU ended: {Errors}{Console}");
        return this;
    }

    /// <summary>vCPUs stand still.</summary>
    public void Pause() => Monitor.Call("stop");

    public void Resume() => Monitor.Call("cont");

    /// <summary>QEMU is gone at once (SIGKILL).</summary>
    public void Kill()
    {
        Process.Kill();
        Process.WaitForExit();
    }

    public void Dispose()
    {
        _monitor?.Dispose();
        if (!Process.HasExited) Kill();
        Process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private List<string> Arguments()
    {
        var options = Options;
        List<string> arguments = ["-name", $"guest={options.Name.Replace(",", ",,", StringComparison.Ordinal)}", "-uuid", options.Uuid.ToString(), "-m", options.MemoryMiB.ToString(CultureInfo.InvariantCulture),
            "-display", "none", "-nodefaults", "-no-user-config", "-serial", $"file:{_folder}/console", "-qmp", $"unix:{ControlSocket},server=on,wait=off"];
        if (options.FreeMonitor) arguments.AddRange(["-qmp", $"unix:{FreeSocket},server=on,wait=off"]);
        if (options.Kvm) arguments.AddRange(["-accel", options.DirtyRingSize > 0 ? $"kvm,dirty-ring-size={options.DirtyRingSize}" : "kvm", "-kernel", GuestKit.KvmKernel(options.HotRate, options.Hot)]);
        else arguments.AddRange(["-accel", "tcg", "-kernel", GuestKit.Kernel, "-initrd", GuestKit.Initrd, "-append", options.Append]);
        if (options.Incoming) arguments.AddRange(["-incoming", "defer"]);
        return [.. arguments, .. options.More];
    }

    private QmpMonitor Connect()
    {
        if (!Wait.Until(() => File.Exists(ControlSocket) || Process.HasExited, ReadySeconds) || Process.HasExited) throw new IOException($"QEMU did not start: {Errors}");
        return new QmpMonitor(ControlSocket);
    }

    private string ReadConsole()
    {
        using var file = new FileStream(Path.Combine(_folder, "console"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
