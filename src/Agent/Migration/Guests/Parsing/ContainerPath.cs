using System.Text;

namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>Which pod and container a process is in, by /proc/PID/cgroup: both versions, kubelet's systemd and cgroupfs drivers, containerd, CRI-O, Docker and Podman. Pure.</summary>
/// <param name="PodUid">Null where it is in no pod. A static pod's is a hash.</param>
/// <param name="ContainerId">Null where it is in no container.</param>
internal readonly record struct ContainerPath(string? PodUid, string? ContainerId)
{
    private const int ShortestId = 12;
    private const int LongestId = 64;
    private const int LongestUid = 64;

    private static readonly string[] s_runtimes = ["cri-containerd-", "crio-", "docker-", "libpod-"];

    /// <summary>A line for each hierarchy: "4:memory:/kubepods/burstable/podUID/ID", or the one "0::/kubepods.slice/…". The one that says most counts.</summary>
    public static ContainerPath Parse(ReadOnlySpan<byte> text)
    {
        var best = default(ContainerPath);
        foreach (var line in text.Split((byte)'\n'))
        {
            var rest = text[line];
            for (var colons = 0; colons < 2 && !rest.IsEmpty; colons++) rest = rest[(rest.IndexOf((byte)':') + 1)..];
            var found = OfPath(Encoding.UTF8.GetString(rest));
            if (found.Weight > best.Weight) best = found;
        }

        return best;
    }

    private int Weight => (PodUid is null ? 0 : 2) + (ContainerId is null ? 0 : 1);

    private static ContainerPath OfPath(string path)
    {
        string? pod = null, container = null;
        var inKubepods = false;
        // Where the runtime's cgroup driver is not kubelet's, both are one part: "kubepods-podUID.slice:cri-containerd:ID".
        foreach (var part in path.Split('/', ':'))
        {
            inKubepods |= part.Contains("kubepods", StringComparison.Ordinal);
            // The first container is the pod's own; what is below it (libvirt's folders) is not.
            if (pod is null && inKubepods && UidOf(part) is { } uid) (pod, container) = (uid, null);
            else container ??= IdOf(part, isBelowPod: pod is not null);
        }

        return new ContainerPath(pod, container);
    }

    // "pod1f0c…-…" or "kubepods-burstable-pod1f0c…_….slice"
    private static string? UidOf(string part)
    {
        const string slice = ".slice";
        if (part.EndsWith(slice, StringComparison.Ordinal))
        {
            var at = part.LastIndexOf("-pod", StringComparison.Ordinal);
            return at < 0 ? null : Uid(part[(at + 4)..^slice.Length].Replace('_', '-'));
        }

        return part.StartsWith("pod", StringComparison.Ordinal) ? Uid(part[3..]) : null;
    }

    private static string? Uid(string text)
    {
        if (text.Length is < 8 or > LongestUid) return null;
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c) && c != '-') return null;
        }

        return text;
    }

    private static string? IdOf(string part, bool isBelowPod)
    {
        const string scope = ".scope";
        var name = part.EndsWith(scope, StringComparison.Ordinal) ? part.AsSpan(0, part.Length - scope.Length) : part;
        foreach (var runtime in s_runtimes)
        {
            if (name.StartsWith(runtime, StringComparison.Ordinal)) return Id(name[runtime.Length..]);
        }

        // A hash alone: below a pod it is the container whatever its length.
        return isBelowPod || name.Length == LongestId ? Id(name) : null;
    }

    private static string? Id(ReadOnlySpan<char> text)
    {
        if (text.Length is < ShortestId or > LongestId) return null;
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c) && !char.IsAsciiDigit(c)) return null;
        }

        return text.ToString();
    }
}
