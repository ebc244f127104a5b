using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>The next thing to check or do about the paths that a map lacks.</summary>
internal static class NextStep
{
    /// <summary>Null where nothing is lacking.</summary>
    public static string? Of(MapFacts facts, IReadOnlyDictionary<string, StorageInitiator> initiators)
    {
        if (facts.ExpectsOne) return "give it a second one over another adapter";
        var bad = facts.Map.Paths.Where(static p => !PathWords.IsUsable(p) || PathWords.IsDoubtful(p)).ToList();
        if (bad.Count == 0) return ForWhatIsGone(facts);
        if (bad.TrueForAll(static p => p.DmActive is null)) return "see why in multipathd's log: journalctl -u multipathd";
        // An administrator, or the kernel's error handling, took it off: the way to it may be well.
        if (bad.TrueForAll(static p => p.DeviceState == "offline")) return $"see the kernel's log for {bad[0].Device}, then write running to /sys/block/{bad[0].Device}/device/state";
        return Common(bad, facts, static p => p.Initiator) is { } initiator ? Check(initiator, initiators)
            : Common(bad, facts, static p => p.TargetPort) is { } target ? $"check target port {target} of the array and its zoning"
            : Common(bad, facts, static p => p.Fabric) is { } fabric ? $"check the switches of fabric {fabric}"
            : facts.Usable.Paths == 0 ? "check the array, its LUN mapping, and the network or fabric to it"
            : $"check the array and the kernel's log for {bad[0].Device}";
    }

    private static string? ForWhatIsGone(MapFacts facts) => facts switch
    {
        _ when facts.Expected.Paths > facts.Present.Paths => "check zoning, sessions and LUN mapping, then rescan the adapters" + WhereMeant(facts),
        { SharesInitiator: true } => "check that the adapters it had before are there: lspci, lsscsi -H" + WhereMeant(facts),
        { SharesAny: true } => "check zoning and LUN mapping of the ports it had before" + WhereMeant(facts),
        _ => null,
    };

    // A single path is hardly ever meant, and none cannot be accepted.
    private static string WhereMeant(MapFacts facts) => facts.Usable.Paths > 1 ? $"; if this is meant: nodeagent storage accept {facts.Map.Name}" : "";

    // What all bad paths have in common and no good one.
    private static string? Common(List<StoragePath> bad, MapFacts facts, Func<StoragePath, string?> of)
    {
        var first = of(bad[0]);
        return first is not null && bad.TrueForAll(p => of(p) == first) && facts.Map.Paths.All(p => of(p) != first || bad.Contains(p)) ? first : null;
    }

    private static string Check(string name, IReadOnlyDictionary<string, StorageInitiator> initiators)
    {
        var initiator = initiators.GetValueOrDefault(name);
        var shown = InitiatorWords.IsUp(initiator?.State) == false ? $"{name} ({initiator!.State})" : name;
        return initiator?.Transport switch
        {
            StorageTransport.FibreChannel => $"check {shown}: its cable, optics, switch port and zoning",
            StorageTransport.Iscsi => $"check {shown}: the network to {initiator.Remotes.FirstOrDefault()?.Address ?? "its portal"}, and the target",
            StorageTransport.NvmeTcp or StorageTransport.NvmeRdma => $"check {shown}: the network to {initiator.Remotes.FirstOrDefault()?.Address ?? "its address"}, and the target",
            StorageTransport.NvmeFibreChannel => $"check {shown}: its adapter's cable, optics, switch port and zoning",
            _ => $"check {shown} and what it is connected to",
        };
    }
}
