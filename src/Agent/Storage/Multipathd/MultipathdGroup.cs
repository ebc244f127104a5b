namespace NodeAgent.Storage.Multipathd;

/// <summary>A path group as multipathd has it.</summary>
/// <param name="State">What it last saw of device-mapper's state: "active", "enabled", "disabled", "undef".</param>
/// <param name="Priority">Null where it does not say.</param>
/// <param name="Paths">In its order.</param>
internal sealed record MultipathdGroup(string State, int? Priority, IReadOnlyList<MultipathdPath> Paths);
