using System.Globalization;
using NodeAgent.Native.Linux;

namespace NodeAgent.Logging;

/// <summary>Whether standard error is the journal: systemd names the device and inode of the stream it gave in JOURNAL_STREAM (systemd.exec(5)), and whoever redirects it gets another one.</summary>
public static class JournalStream
{
    private const int StandardError = 2;

    public static bool IsStandardError(Func<string, string?> environment) =>
        environment("JOURNAL_STREAM") is { Length: > 0 } named && Matches(named, Stat.Identify(StandardError));

    /// <param name="named">"DEVICE:INODE" in decimal.</param>
    /// <param name="found">Of the descriptor; null: it is closed.</param>
    internal static bool Matches(string named, (ulong Device, ulong Inode)? found)
    {
        if (found is not { } file) return false;
        var colon = named.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && ulong.TryParse(named.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var device) && device == file.Device
            && ulong.TryParse(named.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var inode) && inode == file.Inode;
    }
}
