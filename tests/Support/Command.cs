using System.Diagnostics;

namespace NodeAgent.Tests.Support;

/// <summary>
/// Runs a program to its end. It starts in the network namespace of the calling thread, so a test
/// inside a namespace of its own gets the tools' view of that one.
/// </summary>
public static class Command
{
    /// <summary>Its standard output. Throws <see cref="CommandException"/> if its status is not 0.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var (status, output, error) = Try(program, arguments);
        return status == 0 ? output : throw new CommandException(program, arguments, status, error.Length > 0 ? error : output);
    }

    public static (int Status, string Output, string Error) Try(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>As <see cref="Run"/>, with one string split at blanks: <c>Line("ip link add d0 type dummy")</c>.</summary>
    public static string Line(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Run(words[0], words[1..]);
    }
}
