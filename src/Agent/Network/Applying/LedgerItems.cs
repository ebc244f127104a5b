using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Applying;

/// <summary>Things the agent made, by the keys of <see cref="Ownership"/>.</summary>
public sealed record LedgerItems
{
    public static readonly LedgerItems Empty = new();

    public IReadOnlySet<string> Links { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Ports { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Addresses { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Routes { get; init; } = new HashSet<string>();

    /// <summary>What a plan adds.</summary>
    public static LedgerItems AddedBy(Plan plan) => Empty.After(plan);

    /// <summary>These items once a plan has been carried out.</summary>
    public LedgerItems After(Plan plan)
    {
        HashSet<string> links = [.. Links], ports = [.. Ports], addresses = [.. Addresses], routes = [.. Routes];
        foreach (var step in plan.Steps)
        {
            switch (step)
            {
                case CreateLinkStep:
                    links.Add(step.Link);
                    break;
                case RemoveLinkStep:
                    Forget(step.Link);
                    break;
                case SetControllerStep { Controller: { } controller }:
                    ports.RemoveWhere(p => p.StartsWith(step.Link + "@", StringComparison.Ordinal));
                    ports.Add(Ownership.PortKey(step.Link, controller));
                    break;
                case SetControllerStep:
                    ports.RemoveWhere(p => p.StartsWith(step.Link + "@", StringComparison.Ordinal));
                    break;
                case AddAddressStep add:
                    addresses.Add(Ownership.AddressKey(step.Link, add.Address));
                    break;
                case RemoveAddressStep remove:
                    addresses.Remove(Ownership.AddressKey(step.Link, remove.Address));
                    break;
                case AddRouteStep add:
                    routes.Add(Ownership.RouteKey(add.Route));
                    break;
                case RemoveRouteStep remove:
                    routes.Remove(Ownership.RouteKey(remove.Route));
                    break;
            }
        }

        return new LedgerItems { Links = links, Ports = ports, Addresses = addresses, Routes = routes };

        void Forget(string link)
        {
            links.Remove(link);
            ports.RemoveWhere(p => p.StartsWith(link + "@", StringComparison.Ordinal) || p.EndsWith("@" + link, StringComparison.Ordinal));
            addresses.RemoveWhere(a => a.StartsWith(link + " ", StringComparison.Ordinal));
            routes.RemoveWhere(r => r.Contains($" dev {link} ", StringComparison.Ordinal));
        }
    }

    public LedgerItems Union(LedgerItems other) => new()
    {
        Links = new HashSet<string>(Links.Concat(other.Links)),
        Ports = new HashSet<string>(Ports.Concat(other.Ports)),
        Addresses = new HashSet<string>(Addresses.Concat(other.Addresses)),
        Routes = new HashSet<string>(Routes.Concat(other.Routes)),
    };

    public Ownership ToOwnership() => new() { Links = Links, Ports = Ports, Addresses = Addresses, Routes = Routes };
}
