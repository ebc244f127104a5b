using System.Diagnostics;

namespace NodeAgent.Bench.Start;

/// <summary>A program, started and watched until its first byte of output.</summary>
internal sealed class FirstOutput(string program, params string[] arguments)
{
    public override string ToString() => $"{Path.GetFileName(program)} {string.Join(' ', arguments.Select(Path.GetFileName))}".TrimEnd();

    /// <summary>How long it took; the rest of its life is waited for and not counted. Throws if it ends badly.</summary>
    public TimeSpan Measure()
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.BaseStream.ReadByte();
        var duration = Stopwatch.GetElapsedTime(start);
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? duration : throw new InvalidOperationException($"{this}: status {process.ExitCode}: {error.Trim()}");
    }
}
