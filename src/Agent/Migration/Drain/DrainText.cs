using System.Globalization;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Drain;

/// <summary>The sentences of a drain forecast.</summary>
internal static class DrainText
{
    /// <summary>An older dirty rate is worth measuring again.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(15);

    /// <summary>More blockers and open questions are counted, not named.</summary>
    private const int Named = 3;

    public static IReadOnlyList<string> Blockers(DrainGuest guest)
    {
        List<string> blockers = [.. guest.State.Blockers.Concat(guest.State.Guest.Blockers).Distinct(StringComparer.Ordinal)];
        if (guest.Migratability is not { } facts) return blockers;
        if (facts.IsMigratable == false) blockers.Add(facts.Reason is { Length: > 0 } reason ? $"is not migratable: {reason}" : "is not migratable, as the Kubernetes API says");
        if (facts.VolumesNotShared is { Count: > 0 } volumes) blockers.Add($"has {(volumes.Count == 1 ? "a volume that is" : "volumes that are")} not ReadWriteMany: {string.Join(", ", volumes)}");
        return blockers;
    }

    public static IReadOnlyList<string> Unknowns(DrainGuest guest, DateTimeOffset now)
    {
        List<string> unknowns = [];
        var (state, name) = (guest.State, Quoted(GuestName.Of(guest.State.Guest)));
        if (state.Guest.MemoryBytes is null) unknowns.Add("how much memory it has is not known");
        if (state.Guest.Incoming) unknowns.Add("it is still on its way to this node");
        if (state.DirtyRate is not { } rate) unknowns.Add($"dirty rate not measured, at most half of the bandwidth taken for it: nodeagent migration measure {name}");
        else if (now - rate.MeasuredAt > s_fresh) unknowns.Add($"dirty rate measured {ForecastText.Seconds((now - rate.MeasuredAt).TotalSeconds)} ago: nodeagent migration measure {name}");
        return unknowns;
    }

    public static string DirtiesTooFast(double dirtied, double rate, double needs) => $"dirties {Rate(dirtied)}, has {Rate(rate)}: will not converge; needs {Rate(Rounded(needs))} or post-copy";

    public static string Advice(double needs) => $"needs {Rate(Rounded(needs))} or post-copy";

    public static string Stuck(in MigrationForecast forecast) =>
        $"migrates, and {(forecast.Verdict == MigrationVerdict.Stagnating ? "makes no progress" : "will not converge")}{(ForecastText.Factor(forecast) is { } factor ? $": {factor}" : "")}";

    public static string Factor(double rate, double? dirtied) => $"has {Rate(rate)}{(dirtied is { } bytes ? $", dirties {Rate(bytes)}" : "")}";

    public static string Basis(DrainQuestion question, in DrainBandwidth bandwidth)
    {
        var from = bandwidth switch
        {
            { BytesPerSecond: null } => "no bandwidth: none was given, and no migration has left this node yet",
            { Migrations: 0 } => $"{Rate(bandwidth.BytesPerSecond!.Value)} for all together, as asked",
            _ => $"{Rate(bandwidth.BytesPerSecond!.Value)} for all together, as the last {bandwidth.Migrations} that left this node had (median)",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{AtATime(question)}; {from}; a guest may stand still for {question.DowntimeLimit.TotalMilliseconds:0} ms; from the start of each migration, without the time to schedule and start its destination");
    }

    public static string Summary(IReadOnlyList<GuestDrain> guests, double? low, double? high, DrainQuestion question, in DrainBandwidth bandwidth)
    {
        if (guests.Count == 0) return "no guests run on this node: nothing to evacuate";
        var blocking = guests.Where(static g => g.Blockers.Count > 0).ToList();
        var moved = guests.Count - blocking.Count;
        var text = Duration(guests, moved, low, high, question, bandwidth);
        if (blocking.Count > 0)
        {
            var named = string.Join("; ", blocking.Take(Named).Select(static g => GuestName.Of(g.Guest.State.Guest) + First(g)));
            var more = blocking.Count > Named ? $"; and {blocking.Count - Named} more" : "";
            text += $"; {(blocking.Count == 1 ? "1 guest blocks" : $"{blocking.Count} guests block")} it: {named}{more}";
        }

        var unmeasured = guests.Count(static g => g.Blockers.Count == 0 && g.Guest is { Running: null, State.DirtyRate: null });
        return unmeasured == 0 || high is null ? text : $"{text}; {(unmeasured == 1 ? "1 guest was" : $"{unmeasured} guests were")} never measured";
    }

    private static string Duration(IReadOnlyList<GuestDrain> guests, int moved, double? low, double? high, DrainQuestion question, in DrainBandwidth bandwidth)
    {
        if (moved == 0) return guests.Count == 1 ? "the guest cannot be moved" : $"none of the {guests.Count} guests can be moved";
        var what = moved == guests.Count ? "evacuation" : $"evacuation of the other {(moved == 1 ? "guest" : $"{moved} guests")}";
        if (bandwidth.BytesPerSecond is not { } rate) return $"nobody can say how long {what} takes: no bandwidth was given, and no migration has left this node yet";
        var at = $"with {AtATime(question)} at {Rate(rate)}";
        return (low, high) switch
        {
            ({ } least, { } most) => $"{what} takes {SpanText.Of(least, most)} {at}",
            ({ } least, null) => $"{what} takes at least {ForecastText.Seconds(least)} {at}, nobody can say how long at most",
            _ => $"nobody can say how long {what} takes {at}",
        };
    }

    public static string Rate(double bytesPerSecond) => bytesPerSecond >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytesPerSecond / (1 << 30):0.#} GiB/s")
        : string.Create(CultureInfo.InvariantCulture, $"{(bytesPerSecond < 9.95 * (1 << 20) ? Math.Round(bytesPerSecond / (1 << 20), 1) : Math.Round(bytesPerSecond / (1 << 20)))} MiB/s");

    private static string AtATime(DrainQuestion question) => $"{Math.Max(1, question.Parallel)} at a time";

    // Up to what would help, which the guest's own row says. What the node and QEMU say of it is a sentence of its own.
    private static string First(GuestDrain guest)
    {
        var blocker = guest.Blockers[0];
        if (guest.Verdict is null && !blocker.StartsWith("is not ", StringComparison.Ordinal) && !blocker.StartsWith("has ", StringComparison.Ordinal)) return $": {blocker}";
        var end = blocker.IndexOf(": will not converge; ", StringComparison.Ordinal);
        return $" {(end < 0 ? blocker : blocker[..end])}";
    }

    // Two digits, up: no more than an estimate has.
    private static double Rounded(double bytesPerSecond)
    {
        var mebibytes = bytesPerSecond / (1 << 20);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(mebibytes, 1))) - 1);
        return Math.Ceiling(mebibytes / unit) * unit * (1 << 20);
    }

    private static string Quoted(string name) => name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.' or '_') ? name : $"'{name.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
