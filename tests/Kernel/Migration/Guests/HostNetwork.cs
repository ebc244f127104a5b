using System.Globalization;
using NodeAgent.Native.Linux;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

/// <summary>The network namespace that the tests were started from: they run in one of their own, which some events of the kernel do not reach.</summary>
internal static class HostNetwork
{
    private static readonly Lazy<string?> s_file = new(Find);

    /// <summary>Runs code there, or here where it cannot be entered.</summary>
    public static T Run<T>(Func<T> action) => s_file.Value is { } file ? NetworkNamespace.RunIn(file, action) : action();

    // The oldest ancestor whose namespace may be entered.
    private static string? Find()
    {
        string? found = null;
        for (var pid = Environment.ProcessId; pid > 0; pid = ParentOf(pid))
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/net");
            using var namespaceFile = Fcntl.open(file, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
            if (!namespaceFile.IsInvalid) found = file;
        }

        return found;
    }

    private static int ParentOf(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(static l => l.StartsWith("PPid:", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.AsSpan(5).Trim(), CultureInfo.InvariantCulture);
    }
}
