using System.Diagnostics;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

/// <summary>A real QEMU whose machine is empty: it starts in milliseconds and costs nothing.</summary>
internal sealed class RealGuest : IDisposable
{
    private const string Program = "qemu-system-x86_64";

    private readonly Process _process;

    private RealGuest(Process process, string uuid) => (_process, Uuid) = (process, uuid);

    public string Uuid { get; }

    public int Pid => _process.Id;

    /// <summary>Skips the calling test where there is no QEMU.</summary>
    public static RealGuest Start(string name, params string[] more)
    {
        Skip.IfNot(Command.Has(Program), $"{Program} is not installed");
        var uuid = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo(Program, ["-M", "none", "-nodefaults", "-display", "none", "-S", "-m", "16", "-uuid", uuid, "-name", $"guest={name.Replace(",", ",,", StringComparison.Ordinal)},debug-threads=on", .. more])
        {
            RedirectStandardInput = true,
        };
        return new RealGuest(Process.Start(start)!, uuid);
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
