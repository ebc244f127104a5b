using System.Diagnostics;
using System.Text;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm.Nodes;

/// <summary>`nodeagent run` as a process, with what it logs.</summary>
internal sealed class AgentDaemon : IDisposable
{
    private const int StartSeconds = 60;
    private readonly Process process;
    private readonly StringBuilder log = new();

    public AgentDaemon(IReadOnlyList<string> arguments)
    {
        process = AgentBinary.Start(AgentBinary.Program, arguments);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!Wait.Until(() => process.HasExited || Log.Contains("watching", StringComparison.OrdinalIgnoreCase), StartSeconds) || process.HasExited)
        {
            Dispose();
            Assert.Fail($"nodeagent run did not start:\n{Log}");
        }
    }

    public int Id => process.Id;

    public bool IsRunning => !process.HasExited;

    /// <summary>Everything it wrote.</summary>
    public string Log
    {
        get
        {
            lock (log) return log.ToString();
        }
    }

    /// <summary>Waits for this to be logged.</summary>
    public void Says(params string[] words)
    {
        var said = Wait.Until(() => Log.Split('\n').Any(line => words.All(word => line.Contains(word, StringComparison.Ordinal))));
        Assert.True(said, $"no line with {string.Join(", ", words)} in:\n{Log}");
    }

    /// <summary>Sends a signal, by name, and waits for the end where it is one that ends.</summary>
    public void Signal(string name) => Support.Command.Run("kill", "-" + name, $"{Id}");

    /// <summary>Waits for its end and returns the status.</summary>
    public int Ended(int seconds = 60)
    {
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(seconds)), $"nodeagent run has not ended within {seconds} s:\n{Log}");
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (log) log.AppendLine(line.Data);
    }
}
