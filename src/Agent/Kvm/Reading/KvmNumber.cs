namespace NodeAgent.Kvm.Reading;

/// <summary>The device number of /dev/kvm: https://docs.kernel.org/admin-guide/devices.html (10 misc, 232 kvm).</summary>
internal static class KvmNumber
{
    public const uint Major = 10;
    public const uint Minor = 232;
}
