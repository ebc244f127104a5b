using NodeAgent.Network.Model;

namespace NodeAgent.Cli.Show;

/// <summary>A route in ip(8)'s words.</summary>
public static class RouteWords
{
    public static string Short(RouteState route)
    {
        var text = route.IsDefault ? (route.Destination.IsIpv6 ? "default (IPv6)" : "default") : route.Destination.ToString();
        if (route.Gateway is not null) text += $" via {route.Gateway}";
        text += route.Device is null ? " over several links" : $" dev {route.Device}";
        if (route.Source is not null) text += $" src {route.Source}";
        if (route.Metric != 0) text += $" metric {route.Metric}";
        if (route.Table != RouteSpec.MainTable) text += $" table {route.Table}";
        return text;
    }
}
