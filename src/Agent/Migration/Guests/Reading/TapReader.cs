using System.Text;
using NodeAgent.Files;
using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Guests.Reading;

/// <summary>The taps that a process holds: /proc/PID/fdinfo names the link of each ("iff:"). Takes CAP_SYS_PTRACE for processes of other users.</summary>
internal static class TapReader
{
    private const int MostTaps = 64;
    private const int MostInfoBytes = 4096;

    /// <param name="folder">/proc/PID</param>
    /// <returns>Each link once, though it has a descriptor for each queue; empty where they cannot be seen.</returns>
    public static IReadOnlyList<string> Read(string folder)
    {
        List<string>? links = null;
        Span<byte> target = stackalloc byte[32];
        foreach (var descriptor in HostFile.List($"{folder}/fd", out _))
        {
            var length = Unistd.ReadLink($"{folder}/fd/{descriptor}", target);
            if (length <= 0 || !target[..length].SequenceEqual("/dev/net/tun"u8)) continue;
            if (HostFile.ReadBytes($"{folder}/fdinfo/{descriptor}", MostInfoBytes, out _) is not { } info || NameOf(info) is not { } name) continue;
            links ??= [];
            if (!links.Contains(name)) links.Add(name);
            if (links.Count == MostTaps) break;
        }

        return links ?? (IReadOnlyList<string>)[];
    }

    /// <summary>"pos:\t0\n…iff:\tvnet3\n"; null where the descriptor has no link yet.</summary>
    internal static string? NameOf(ReadOnlySpan<byte> info)
    {
        foreach (var range in info.Split((byte)'\n'))
        {
            var line = info[range];
            if (!line.StartsWith("iff:"u8)) continue;
            var name = line[4..].Trim(" \t"u8);
            return name.Length is > 0 and <= NetIf.MaxNameLength ? Encoding.UTF8.GetString(name) : null;
        }

        return null;
    }
}
