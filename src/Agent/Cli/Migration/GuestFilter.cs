using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>A guest as it was named on the command line: NAMESPACE/NAME, the name alone, the domain's name, or its UUID.</summary>
/// <param name="Name">Null: every guest.</param>
internal readonly record struct GuestFilter(string? Name)
{
    public bool Takes(GuestRef guest) => Name is not { } name || name == WireWords.RawName(guest) || name == guest.Name || name == guest.Domain
        || (guest.Uuid.Length > 0 && string.Equals(name, guest.Uuid, StringComparison.OrdinalIgnoreCase)) || name == WireWords.Name(guest);

    /// <summary>The one guest that is meant.</summary>
    /// <exception cref="CliException">There is none, or more than one.</exception>
    public static Guest One(IReadOnlyList<Guest> guests, string name)
    {
        var filter = new GuestFilter(name);
        var found = guests.Where(g => filter.Takes(g.Ref)).ToList();

        // Both ends of a migration may be here; the one that runs is meant.
        if (found.Count > 1 && found.FindAll(static g => !g.Incoming) is { Count: 1 } running) return running[0];
        return found.Count switch
        {
            1 => found[0],
            0 => throw new CliException(ExitCode.Failed, Missing(guests, name)),
            _ => throw new CliException(ExitCode.Failed, $"{SafeText.Of(name)} is the name of {found.Count} guests: {string.Join(", ", found.Take(5).Select(static g => $"{WireWords.Name(g.Ref)} {g.Ref.Uuid}"))}; name one by its UUID"),
        };
    }

    /// <summary>"there is no guest db-2 on this node; there is prod/db-1"</summary>
    public static string Missing(IReadOnlyList<Guest> guests, string name) => $"there is no guest {SafeText.Of(name)} on this node{Known(guests)}";

    private static string Known(IReadOnlyList<Guest> guests) => guests.Count switch
    {
        0 => ": no guests run here",
        <= 10 => $"; there is {string.Join(", ", guests.Select(static g => WireWords.Name(g.Ref)))}",
        _ => $"; there is {string.Join(", ", guests.Take(10).Select(static g => WireWords.Name(g.Ref)))} and {guests.Count - 10} more: nodeagent migration list --guests",
    };
}
