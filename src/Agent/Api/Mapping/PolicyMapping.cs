using Google.Protobuf.WellKnownTypes;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>Policies, how they stand, and the transaction that waits.</summary>
internal static class PolicyMapping
{
    public static V1.Policy ToWire(PolicyStatus policy)
    {
        var wire = new V1.Policy
        {
            Name = policy.Name,
            File = policy.File,
            Mode = policy.Mode == PolicyMode.Observe ? V1.PolicyMode.Observe : V1.PolicyMode.Repair,
            Applied = policy.Applied?.ToTimestamp(),
            State = policy.State,
            Message = policy.Message,
            Generation = policy.Generation,
            Repairs = policy.Repairs,
        };
        wire.Links.Add(policy.Links);
        foreach (var drift in policy.Drift) wire.Drift.Add(ToWire(drift));
        return wire;
    }

    public static PolicyStatus FromWire(V1.Policy wire) => new()
    {
        Name = wire.Name,
        File = wire.File,
        Links = [.. wire.Links],
        Mode = wire.Mode == V1.PolicyMode.Observe ? PolicyMode.Observe : PolicyMode.Repair,
        Applied = wire.Applied?.ToDateTimeOffset(),
        State = wire.State,
        Message = wire.Message,
        Generation = wire.Generation,
        Repairs = wire.Repairs,
        Drift = [.. wire.Drift.Select(FromWire)],
    };

    public static V1.WaitingTransaction ToWire(WaitingTransaction waiting) => new()
    {
        Id = waiting.Id,
        Policy = waiting.Policy,
        Deadline = waiting.Deadline.ToTimestamp(),
    };

    public static WaitingTransaction FromWire(V1.WaitingTransaction wire) => new(wire.Id, wire.Policy, wire.Deadline.ToDateTimeOffset());

    private static V1.Drift ToWire(DriftRecord drift)
    {
        var wire = new V1.Drift { Policy = drift.Policy, Link = drift.Link, Field = drift.Field, Since = drift.Since.ToTimestamp() };
        if (drift.Wanted is { } wanted) wire.Wanted = wanted;
        if (drift.Found is { } found) wire.Found = found;
        if (drift.By is { } by) wire.By = by;
        return wire;
    }

    private static DriftRecord FromWire(V1.Drift wire) => new()
    {
        Policy = wire.Policy,
        Link = wire.Link,
        Field = wire.Field,
        Wanted = wire.HasWanted ? wire.Wanted : null,
        Found = wire.HasFound ? wire.Found : null,
        Since = wire.Since.ToDateTimeOffset(),
        By = wire.HasBy ? wire.By : null,
    };
}
