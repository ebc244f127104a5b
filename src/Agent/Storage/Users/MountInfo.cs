using System.Globalization;
using System.Text;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Users;

/// <summary>/proc/PID/mountinfo: https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html</summary>
internal static class MountInfo
{
    /// <summary>Lines that are none are passed over.</summary>
    public static List<Mount> Parse(string text)
    {
        var mounts = new List<Mount>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (TryParse(line, out var mount)) mounts.Add(mount);
        }

        return mounts;
    }

    /// <summary>"36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue"</summary>
    private static bool TryParse(ReadOnlySpan<char> line, out Mount mount)
    {
        mount = default;
        var separator = line.IndexOf(" - ");
        if (separator < 0) return false;
        Span<Range> before = stackalloc Range[6];
        Span<Range> after = stackalloc Range[3];
        var head = line[..separator];
        var tail = line[(separator + 3)..];
        if (head.Split(before, ' ') < 5 || tail.Split(after, ' ') < 2) return false;
        if (!TryNumber(head[before[2]], out var device)) return false;
        mount = new Mount(device, Unescape(head[before[3]]), Unescape(head[before[4]]), tail[after[0]].ToString(), Unescape(tail[after[1]]));
        return true;
    }

    public static bool TryNumber(ReadOnlySpan<char> text, out DeviceNumber number)
    {
        number = default;
        var colon = text.IndexOf(':');
        if (colon < 0 || !uint.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !uint.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)) return false;
        number = new DeviceNumber(major, minor);
        return true;
    }

    /// <summary>White space and backslashes are written as three octal digits: "\040".</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text.Slice(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                plain.Append((char)((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0')));
                i += 3;
            }
            else plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
