using System.Globalization;
using System.Text;

namespace NodeAgent.Cli.Run;

/// <summary>Finds the SSH session a command was typed in, so that it is not cut off: from the environment, or, since sudo and su drop the variable, from that of a parent process.</summary>
public static class SshSession
{
    private const string Variable = "SSH_CONNECTION";
    private const int MaxParents = 32;

    /// <summary>The value of SSH_CONNECTION, or null where there is none.</summary>
    public static string? Find(Func<string, string?> environment, string proc)
    {
        if (environment(Variable) is { Length: > 0 } own) return own;
        var process = "self";
        for (var i = 0; i < MaxParents; i++)
        {
            if (ParentOf(proc, process) is not { } parent) return null;
            process = parent;
            if (FromEnvironmentOf(proc, process) is { } value) return value;
        }

        return null;
    }

    // proc(5): the name in parentheses may hold anything; the parent is the second field after it.
    private static string? ParentOf(string proc, string process)
    {
        if (Read(Path.Combine(proc, process, "stat")) is not { } bytes) return null;
        var stat = Encoding.ASCII.GetString(bytes);
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent) && parent > 0 ? fields[1] : null;
    }

    private static string? FromEnvironmentOf(string proc, string process)
    {
        if (Read(Path.Combine(proc, process, "environ")) is not { } bytes) return null;
        foreach (var entry in Encoding.UTF8.GetString(bytes).Split('\0'))
        {
            if (entry.StartsWith(Variable + "=", StringComparison.Ordinal) && entry.Length > Variable.Length + 1) return entry[(Variable.Length + 1)..];
        }

        return null;
    }

    private static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's process: not ours to look into.
            return null;
        }
    }
}
