namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>How programs of QEMU that run a machine are called.</summary>
internal static class QemuName
{
    /// <summary>
    /// "qemu-kvm", "qemu-system-x86_64", which /proc/PID/comm cuts to 15 characters, and "kvm" as some distributions have it. Not its tools
    /// (qemu-img, qemu-nbd, qemu-ga), nor its emulation of single programs (qemu-aarch64).
    /// </summary>
    public static bool IsMachine(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("qemu-kvm"u8) || name.SequenceEqual("kvm"u8) || name.StartsWith("qemu-system-"u8);

    /// <summary>The last part of a path that /proc/PID/exe leads to; a program whose file was replaced meanwhile has " (deleted)" behind it.</summary>
    public static ReadOnlySpan<byte> OfPath(ReadOnlySpan<byte> path)
    {
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        return name.EndsWith(" (deleted)"u8) ? name[..^" (deleted)"u8.Length] : name;
    }
}
