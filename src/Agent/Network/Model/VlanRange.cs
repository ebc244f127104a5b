namespace NodeAgent.Network.Model;

/// <summary>VLAN ids First to Last on a bridge port, with the kernel's two flags.</summary>
/// <param name="First">The first id, 1 to 4094.</param>
/// <param name="Last">The last id, the same as First for a single one.</param>
/// <param name="Pvid">Untagged frames that come in belong to this VLAN (single ids only).</param>
/// <param name="Untagged">Frames leave without a tag.</param>
public readonly record struct VlanRange(int First, int Last, bool Pvid = false, bool Untagged = false)
{
    public bool Contains(int id) => id >= First && id <= Last;

    public override string ToString() =>
        (First == Last ? $"{First}" : $"{First}-{Last}")
        + (Pvid && Untagged ? " native" : Pvid ? " pvid" : Untagged ? " untagged" : "");
}
