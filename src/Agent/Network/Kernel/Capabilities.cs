using System.Globalization;
using NodeAgent.Files;

namespace NodeAgent.Network.Kernel;

/// <summary>What this process may do (capabilities(7)).</summary>
internal static class Capabilities
{
    // linux/capability.h
    private const int NetAdmin = 12;

    /// <summary>True too where /proc does not say: the kernel will.</summary>
    public static bool HasNetAdmin(string proc)
    {
        // Where it cannot be read the kernel's own answer will do.
        foreach (var line in HostFile.Read(Path.Combine(proc, "self", "status")).Text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith("CapEff:", StringComparison.Ordinal)) continue;
            return !ulong.TryParse(line[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var set) || (set >> NetAdmin & 1) != 0;
        }

        return true;
    }
}
