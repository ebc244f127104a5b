using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Cli;

/// <summary>What the program itself writes to a terminal, which script(1) makes for it.</summary>
public sealed class TerminalTests
{
    [SkippableFact]
    public void Without_colour_no_code_is_written_and_lines_fit_the_window()
    {
        Skip.IfNot(File.Exists("/usr/bin/script"), "util-linux's script is not installed");
        const int width = 72;
        var program = Path.Combine(AppContext.BaseDirectory, "nodeagent");
        var (_, output, error) = Command.Try("env", "TERM=xterm", "NO_COLOR=1", "script", "--quiet", "--command", $"stty cols {width} rows 24; '{program}' doctor --only cpu.cores,memory.swap,network.macs -v", "/dev/null");
        Assert.True(output.Contains("cpu.cores", StringComparison.Ordinal), output + error);
        Assert.DoesNotContain('\e', output);
        var lines = output.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, width));
        // It knows of the window: 40 is the least that it takes for one.
        Assert.Contains(lines, static line => line.Length > 60);
    }
}
