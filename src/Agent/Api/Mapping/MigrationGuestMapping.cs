using Google.Protobuf.WellKnownTypes;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Mapping;

/// <summary>Guests, to messages and back.</summary>
internal static class MigrationGuestMapping
{
    public static V1.GuestRef Ref(Guest guest) => Ref(guest.Uuid, guest.Domain, guest.Namespace, guest.Name, guest.PodUid);

    public static V1.GuestRef Ref(string uuid, string domain, string? space, string? name, string? pod) =>
        new() { Uuid = uuid, Domain = domain, Namespace = space ?? "", Name = name ?? "", PodUid = pod ?? "" };

    public static V1.Guest ToWire(GuestState state)
    {
        var guest = state.Guest;
        return new V1.Guest
        {
            Ref = Ref(guest),
            Pid = guest.Process.Pid,
            Vcpus = guest.Vcpus ?? 0,
            MemoryBytes = MigrationNumbers.Bytes(guest.MemoryBytes),
            Source = MigrationEnumMapping.ToWire(state.Source),
            Limitation = state.Limitation ?? "",
            Links = { guest.Links },
            Started = guest.Started.ToTimestamp(),
            DirtyRate = state.DirtyRate is { } rate ? ToWire(rate) : null,
            Incoming = guest.Incoming,
            Blockers = { state.Blockers },
        };
    }

    /// <summary>What a message tells of a guest; its process's start and how it was started are not in it.</summary>
    public static GuestState FromWire(V1.Guest wire) => new(
        new Guest(new GuestProcess(wire.Pid, 0), wire.Ref?.Uuid ?? "", wire.Ref?.Domain ?? "")
        {
            Namespace = MigrationNumbers.Known(wire.Ref?.Namespace ?? ""),
            Name = MigrationNumbers.Known(wire.Ref?.Name ?? ""),
            PodUid = MigrationNumbers.Known(wire.Ref?.PodUid ?? ""),
            MemoryBytes = MigrationNumbers.Known(wire.MemoryBytes),
            Vcpus = wire.Vcpus == 0 ? null : wire.Vcpus,
            Started = wire.Started?.ToDateTimeOffset() ?? default,
            Incoming = wire.Incoming,
            Links = [.. wire.Links],
        },
        MigrationEnumMapping.FromWire(wire.Source))
    {
        Limitation = MigrationNumbers.Known(wire.Limitation),
        DirtyRate = wire.DirtyRate is { } rate ? FromWire(rate) : null,
        Blockers = [.. wire.Blockers],
    };

    public static V1.DirtyRate ToWire(DirtyRate rate) => new()
    {
        BytesPerSecond = MigrationNumbers.Bytes(rate.BytesPerSecond),
        Method = MigrationEnumMapping.Name(rate.Mode),
        Period = rate.Period.ToDuration(),
        Measured = rate.MeasuredAt.ToTimestamp(),
    };

    public static DirtyRate FromWire(V1.DirtyRate wire) => new(
        (long)Math.Min(wire.BytesPerSecond, long.MaxValue),
        MigrationEnumMapping.ModeOf(wire.Method) ?? DirtyRateMode.PageSampling,
        wire.Period?.ToTimeSpan() ?? TimeSpan.Zero,
        wire.Measured?.ToDateTimeOffset() ?? default);
}
