namespace NodeAgent.Storage.Users;

/// <summary>
/// How kubelet names what it mounts and maps, below its folder (pkg/volume of Kubernetes):
/// pods/UID/volumes/PLUGIN/VOLUME[/mount], pods/UID/volume-subpaths/VOLUME/…, pods/UID/volumeDevices/PLUGIN/VOLUME (a link),
/// plugins/PLUGIN/volumeDevices/{publish,staging}/VOLUME/…, plugins/PLUGIN/volumeDevices/VOLUME/dev/UID.
/// </summary>
internal static class KubeletPaths
{
    /// <summary>The PersistentVolume that is mounted or mapped there; null where it is none of kubelet's.</summary>
    public static string? VolumeOf(string kubelet, string path)
    {
        if (!path.StartsWith(kubelet, StringComparison.Ordinal) || path.Length <= kubelet.Length || path[kubelet.Length] != '/') return null;
        var parts = path[(kubelet.Length + 1)..].Split('/');
        return parts switch
        {
            ["pods", _, "volumes", _, var volume, ..] => volume,
            ["pods", _, "volume-subpaths", var volume, ..] => volume,
            ["pods", _, "volumeDevices", _, var volume, ..] => volume,
            ["plugins", .. var rest] => OfPlugin(rest),
            _ => null,
        };
    }

    private static string? OfPlugin(string[] parts)
    {
        var at = Array.IndexOf(parts, "volumeDevices");
        return at < 0 ? null : parts[(at + 1)..] switch
        {
            ["publish" or "staging", var volume, ..] => volume,
            [var volume, "dev", ..] => volume,
            _ => null,
        };
    }
}
