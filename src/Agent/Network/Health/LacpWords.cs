using NodeAgent.Network.Model;

namespace NodeAgent.Network.Health;

/// <summary>LACP states in the words of IEEE 802.1AX.</summary>
public static class LacpWords
{
    private const LacpState Agreed = LacpState.Aggregation | LacpState.Synchronization | LacpState.Collecting | LacpState.Distributing;
    private const LacpState Alarms = LacpState.Defaulted | LacpState.Expired;

    private static readonly (LacpState Flag, string Word)[] s_words =
    [
        (LacpState.Activity, "activity"), (LacpState.Timeout, "timeout"), (LacpState.Aggregation, "aggregation"), (LacpState.Synchronization, "synchronization"),
        (LacpState.Collecting, "collecting"), (LacpState.Distributing, "distributing"), (LacpState.Defaulted, "defaulted"), (LacpState.Expired, "expired"),
    ];

    /// <summary>The bits that are set, in their order.</summary>
    public static IEnumerable<string> Of(LacpState state) => s_words.Where(w => state.HasFlag(w.Flag)).Select(static w => w.Word);

    /// <summary>The end sends and takes frames in its aggregator.</summary>
    public static bool IsAgreed(LacpState state) => (state & (Agreed | Alarms)) == Agreed;

    /// <summary>Both ends do, and the partner was heard.</summary>
    public static bool IsAgreed(BondPortStatus port) => port is { Actor: { } actor, Partner: { } partner } && IsAgreed(actor) && IsAgreed(partner);

    /// <summary>For a table: what is wrong first, or "agreed".</summary>
    public static string Short(LacpState state)
    {
        if (IsAgreed(state)) return "agreed";
        if (state.HasFlag(LacpState.Expired)) return "expired";
        if (state.HasFlag(LacpState.Defaulted)) return "defaulted";
        if (state == LacpState.None) return "none";
        if (!state.HasFlag(LacpState.Aggregation)) return "individual";
        if (!state.HasFlag(LacpState.Synchronization)) return "not in sync";
        return state.HasFlag(LacpState.Collecting) ? "not distributing" : "not collecting";
    }

    /// <summary>"none", "monitoring", "churned"; empty where not known.</summary>
    public static string Of(ChurnState churn) => churn == ChurnState.Unknown ? "" : churn.ToString().ToLowerInvariant();
}
