using System.Globalization;

namespace NodeAgent.Network.Kernel;

/// <summary>What this process may do (capabilities(7)).</summary>
internal static class Capabilities
{
    // linux/capability.h
    private const int NetAdmin = 12;

    /// <summary>True too where /proc does not say: the kernel will.</summary>
    public static bool HasNetAdmin(string proc)
    {
        try
        {
            foreach (var line in File.ReadLines(Path.Combine(proc, "self", "status")))
            {
                if (!line.StartsWith("CapEff:", StringComparison.Ordinal)) continue;
                return !ulong.TryParse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var set) || (set >> NetAdmin & 1) != 0;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The kernel's own answer will do.
        }

        return true;
    }
}
