using System.Text;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Tests.Kernel.Engine;

/// <summary>Everything the agent could change about a node, as text to compare: two equal pictures are the same node.</summary>
internal static class NodePicture
{
    public static string Of(NetworkSnapshot snapshot)
    {
        var text = new StringBuilder();
        foreach (var link in snapshot.Links.Values.OrderBy(l => l.Name, StringComparer.Ordinal))
        {
            text.Append(link.Name).Append(' ').Append(link.Type).Append(link.Up ? " up" : " down").Append(" controller=").Append(link.Controller);
            foreach (var entry in link.Fields)
            {
                // A bridge without a MAC of its own borrows one from its ports, and keeps zeros or the last one when they leave.
                if (entry.Field == CommonFields.MacAddress && link.Type is InterfaceType.LinuxBridge or InterfaceType.Vlan) continue;
                text.Append(' ').Append(entry.Field.Path).Append('=').Append(entry.Text);
            }

            text.Append(" vlans=").Append(link.Vlans).Append(" addresses=");
            text.AppendJoin(',', link.Addresses.Where(a => a.IsStatic).Select(a => a.Cidr.ToString()).Order(StringComparer.Ordinal)).AppendLine();
        }

        foreach (var route in snapshot.Routes.Where(r => !r.IsKernels && r.Table == RouteSpec.MainTable).Select(r => $"{r.Destination} via {r.Gateway} dev {r.Device} {r.Metric}").Order(StringComparer.Ordinal))
        {
            text.Append("route ").AppendLine(route);
        }

        return text.ToString();
    }
}
