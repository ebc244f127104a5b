using System.Diagnostics;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench;

/// <summary>A C program of native/, built on first use and asked for one run at a time, a line for a line.</summary>
internal sealed class NativeProgram : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it in the calling thread's network namespace.</summary>
    public NativeProgram(string executable) =>
        _process = Process.Start(new ProcessStartInfo(executable) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>Builds native/NAME.c.</summary>
    /// <returns>Null if it could be built, else what is missing.</returns>
    public static string? Build(string name, string header, string package, string library, out string executable)
    {
        executable = Path.Combine(AppContext.BaseDirectory, name);
        if (!File.Exists($"/usr/include/{header}") || !Exists("gcc"))
            TryInstall("gcc", "libc6-dev", package);
        if (!Exists("gcc"))
            return "needs gcc: apt-get install gcc libc6-dev " + package;
        if (!File.Exists($"/usr/include/{header}"))
            return $"needs {header}: apt-get install {package}";
        Command.Run("gcc", "-O2", "-o", executable, Path.Combine(AppContext.BaseDirectory, "native", name + ".c"), "-l" + library);
        return null;
    }

    /// <summary>One run: its answer, split at blanks.</summary>
    public string[] Ask()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        return (_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended.")).Split(' ');
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool Exists(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static void TryInstall(params string[] packages)
    {
        if (Environment.UserName != "root" || !Exists("apt-get"))
            return;
        Console.Error.WriteLine($"installing {string.Join(' ', packages)}");
        Command.Try("apt-get", ["install", "--yes", "--no-install-recommends", "-qq", .. packages]);
    }
}
