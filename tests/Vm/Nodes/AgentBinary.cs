using System.Diagnostics;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Vm.Nodes;

/// <summary>The program as `make build` leaves it, started in the calling thread's network namespace.</summary>
internal static class AgentBinary
{
    private const int LimitSeconds = 60;

    /// <summary>The folder of the project, found from where the tests were built.</summary>
    public static string Root => ProjectFolder.Path;

    public static string Program { get; } = Path.Combine(Root, "out", "nodeagent");

    public static string Example(string name) => Path.Combine(Root, "examples", name);

    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        };

        // Whoever runs the tests may do so over SSH: only what a test sets itself is a session.
        start.Environment.Remove("SSH_CONNECTION");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static AgentResult Run(string program, IReadOnlyList<string> arguments, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(program, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it.
        }

        if (!process.WaitForExit(TimeSpan.FromSeconds(LimitSeconds)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} has not ended within {LimitSeconds} s");
        }

        process.WaitForExit();
        return new AgentResult(string.Join(' ', arguments), process.ExitCode, output.Result, error.Result);
    }
}
