using NodeAgent.Files;

namespace NodeAgent.Doctor.Reading;

/// <summary>The mounts of the host: those of its first process, or of this one where that may not be looked at.</summary>
internal static class MountTable
{
    public static Known<IReadOnlyList<Mount>> Read(HostPaths paths)
    {
        string? error = null;
        foreach (var process in new[] { "1", "self" })
        {
            var file = Path.Combine(paths.Proc, process, "mountinfo");
            var mounts = Known<IReadOnlyList<Mount>>.Of(HostFile.Read(file), file, "mounts", static text => Parse(text) is { Count: > 0 } list ? Known<IReadOnlyList<Mount>>.Of(list) : null);
            if (mounts.IsFound) return mounts;
            error ??= mounts.Error;
        }

        return new Known<IReadOnlyList<Mount>>(null, false, error);
    }

    // proc_pid_mountinfo(5): "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue"
    private static List<Mount> Parse(string text)
    {
        var mounts = new List<Mount>();
        foreach (var line in text.Split('\n'))
        {
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-", Math.Min(6, fields.Length));
            if (dash < 0 || dash + 2 >= fields.Length) continue;
            mounts.Add(new Mount(Unescape(fields[4]), fields[2], fields[dash + 1], Unescape(fields[dash + 2])));
        }

        return mounts;
    }

    // Blanks are written as octal numbers.
    private static string Unescape(string text) => text.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);
}
