using System.Collections.Immutable;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.DeviceMapper;

/// <summary>What device-mapper was found to hold.</summary>
/// <param name="State"><see cref="StorageSourceState.DeviceMapper"/> where it answered; else Unsupported or Failed.</param>
/// <param name="Reason">Where it did not answer: why, and what to do.</param>
/// <param name="Maps">The multipath maps, in the kernel's order; one that did not change is the same object as before.</param>
/// <param name="Others">Names and UUIDs of all other devices, by number: "LVM-…", "CRYPT-…", "part1-mpath-…".</param>
internal sealed record DmSnapshot(
    StorageSourceState State,
    string Reason,
    ImmutableArray<DmMap> Maps,
    ImmutableDictionary<DeviceNumber, DmOther> Others)
{
    /// <summary>It did not answer, and sysfs says to everybody that there is no multipath map.</summary>
    public bool HasSurelyNone { get; init; }

    public static DmSnapshot Without(StorageSourceState state, string reason) => new(state, reason, [], ImmutableDictionary<DeviceNumber, DmOther>.Empty);
}
