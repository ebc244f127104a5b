using System.Diagnostics;
using System.Text;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm.Nodes;

/// <summary>A command of the agent that goes on until it is ended, with what it writes.</summary>
internal sealed class CommandOutput : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _text = new();

    public CommandOutput(IReadOnlyList<string> arguments)
    {
        _process = AgentBinary.Start(AgentBinary.Program, arguments);
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Text
    {
        get
        {
            lock (_text) return _text.ToString();
        }
    }

    /// <summary>Waits for a line with these words.</summary>
    public void Says(params string[] words)
    {
        var said = Wait.Until(() => Text.Split('\n').Any(line => words.All(word => line.Contains(word, StringComparison.Ordinal))));
        Assert.True(said, $"no line with {string.Join(", ", words)} in:\n{Text}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_text) _text.AppendLine(line.Data);
    }
}
