using System.Diagnostics;
using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Migration.Model;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

/// <summary>A process whose root is a folder with the one program that it runs.</summary>
internal sealed class RootedProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-root-").FullName;
    private readonly Process _process;

    /// <summary>Skips the calling test without the right to change a process's root.</summary>
    public RootedProcess()
    {
        Directory.CreateDirectory(Outside);
        // "libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)", "/lib64/ld-linux-x86-64.so.2 (0x…)"
        foreach (var word in Command.Run("ldd", "/bin/cat").Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(static w => w.StartsWith('/')).Append("/bin/cat"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(word))!);
            // Not by this process, as in FakeGuest.
            Command.Run("cp", word, PathOf(word));
        }

        Skip.IfNot(Command.Try("chroot", PathOf("/"), "/bin/cat").Status == 0, "the root of a process cannot be changed here: that takes CAP_SYS_CHROOT");
        _process = Process.Start(new ProcessStartInfo("chroot", [PathOf("/"), "/bin/cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        // It begins as the program chroot.
        Assert.True(Wait.Until(() => File.ReadAllText($"/proc/{_process.Id}/comm") == "cat\n"), "chroot did not start the program");
        Identity = new GuestProcess(_process.Id, ProcessFiles.Stat(HostPaths.Default, _process.Id, out _)!.Value.StartTicks);
    }

    public GuestProcess Identity { get; }

    public int Pid => Identity.Pid;

    /// <summary>A folder of the host that is not in the root.</summary>
    public string Outside => Path.Combine(_folder, "outside");

    /// <summary>Where a path of the process is for the host.</summary>
    public string PathOf(string path) => $"{_folder}/root{path}";

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.CreateSymbolicLink(PathOf(path), target);
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
        Directory.Delete(_folder, recursive: true);
    }
}
