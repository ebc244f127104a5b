namespace NodeAgent.Tests.Unit.Faults;

/// <summary>Every reader of host files. To add one: a line here, and NODEAGENT_UPDATE_GOLDEN=1 once.</summary>
internal static class FaultyReaders
{
    public static readonly IReadOnlyList<FaultyReader> All =
    [
        new("host-facts", "hosts/debian-vm", static paths => new HostFacts(paths)),
    ];
}
