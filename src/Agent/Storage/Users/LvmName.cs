namespace NodeAgent.Storage.Users;

/// <summary>LVM names its devices "GROUP-VOLUME", and doubles the hyphens within each (lvm(8), "Valid names").</summary>
internal static class LvmName
{
    /// <summary>"data-vg/root" for "data--vg-root".</summary>
    public static string Readable(string device)
    {
        const string hyphen = "\0";
        var parts = device.Replace("--", hyphen, StringComparison.Ordinal).Split('-', 2);
        return string.Join('/', parts).Replace(hyphen, "-", StringComparison.Ordinal);
    }
}
