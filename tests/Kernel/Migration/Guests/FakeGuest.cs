using System.Diagnostics;
using System.Globalization;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

/// <summary>A shell that is called like QEMU and was started like QEMU: for what a machine's own work would only slow down. It waits for its input to end.</summary>
internal sealed class FakeGuest : IDisposable
{
    private readonly Process _process;

    private FakeGuest(Process process, string uuid) => (_process, Uuid) = (process, uuid);

    public string Uuid { get; }

    public int Pid => _process.Id;

    /// <summary>Makes the program that the others are started from.</summary>
    public static string Program(string folder)
    {
        var program = Path.Combine(folder, "qemu-kvm");
        // Not by this process: what it writes to, whatever a test beside starts at the moment has open too, and nobody can run it (ETXTBSY).
        Command.Run("cp", "/bin/bash", program);
        return program;
    }

    public static FakeGuest Start(string program, string name = "fake")
    {
        var uuid = Guid.NewGuid().ToString();
        return new FakeGuest(Process.Start(new ProcessStartInfo(program, Arguments(uuid, name)) { RedirectStandardInput = true })!, uuid);
    }

    public static string[] Arguments(string uuid, string name) => ["-c", "read x", "-uuid", uuid, "-name", $"guest={name}", "-m", 16.ToString(CultureInfo.InvariantCulture)];

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
