using System.Globalization;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>The guests of a node for people.</summary>
internal static class GuestText
{
    public static FittedTable Table(IReadOnlyList<Guest> guests, DateTimeOffset now, Style style)
    {
        var table = new FittedTable(new("GUEST", FittedTable.Always), new("MEMORY", 9, Right: true), new("VCPUS", 4, Right: true), new("DIRTIES", 8, Right: true), new("MEASURED", 6), new("READ BY", 5), new("PID", 3, Right: true));
        foreach (var guest in guests)
        {
            List<Cell> below = [];
            if (guest.Incoming) below.Add(new Cell("waits for its memory: it runs elsewhere still", style.Faint));
            below.AddRange(guest.Blockers.Select(blocker => new Cell($"cannot be migrated: {SafeText.Of(blocker)}", style.Warn)));
            if (guest.Limitation.Length > 0) below.Add(new Cell((guest.Source == GuestSource.Proc ? "its migrations are not seen: " : "") + SafeText.Of(guest.Limitation), guest.Source == GuestSource.Proc ? style.Warn : style.Faint));
            table.Add(
                [
                    WireWords.Name(guest.Ref),
                    guest.MemoryBytes == 0 ? "-" : Amounts.Size(guest.MemoryBytes),
                    guest.Vcpus == 0 ? "-" : guest.Vcpus.ToString(CultureInfo.InvariantCulture),
                    guest.DirtyRate is { } rate ? Amounts.Rate(rate.BytesPerSecond) : "-",
                    guest.DirtyRate?.Measured is { } measured ? $"{Spans.Short(now - measured.ToDateTimeOffset())} ago" : "-",
                    WireWords.Of(guest.Source),
                    guest.Pid == 0 ? "-" : guest.Pid.ToString(CultureInfo.InvariantCulture),
                ],
                [.. below]);
        }

        return table;
    }
}
