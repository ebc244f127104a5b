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
        var result = Try(program, arguments);
        return Checked(program, arguments, result);
    }

    /// <summary>As <see cref="Run"/>, with <paramref name="input"/> as its standard input: for <c>ip -batch -</c>.</summary>
    public static string Feed(string input, string program, params string[] arguments) =>
        Checked(program, arguments, Start(program, arguments, input));

    public static (int Status, string Output, string Error) Try(string program, params string[] arguments) =>
        Start(program, arguments, "");

    /// <summary>As <see cref="Run"/>, with one string split at blanks: <c>Line("ip link add d0 type dummy")</c>.</summary>
    public static string Line(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Run(words[0], words[1..]);
    }

    /// <summary>Whether a program is in PATH.</summary>
    public static bool Has(string program) => Try("sh", "-c", "command -v \"$0\"", program).Status == 0;

    private static string Checked(string program, string[] arguments, (int Status, string Output, string Error) result) =>
        result.Status == 0
            ? result.Output
            : throw new CommandException(program, arguments, result.Status, result.Error.Length > 0 ? result.Error : result.Output);

    private static (int Status, string Output, string Error) Start(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }
}
