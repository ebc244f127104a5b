using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Reads nmstate's desired state: `interfaces:` and `routes:`.</summary>
internal static class DesiredStateReader
{
    public static DesiredState Read(YamlMap map, string path, ReadContext context)
    {
        List<InterfaceSpec> interfaces = [];
        IReadOnlyList<RouteSpec> routes = [];
        foreach (var entry in map.Entries)
        {
            switch (entry.Key)
            {
                case "interfaces":
                    interfaces = Interfaces(entry.Value, context);
                    break;
                case "routes":
                    routes = RouteReader.Read(entry.Value, "routes", context);
                    break;
                case "description":
                    break;
                default:
                    context.OtherKey(entry, path, KnownKeys.TopLevel);
                    break;
            }
        }

        return new DesiredState { Interfaces = interfaces, Routes = routes };
    }

    private static List<InterfaceSpec> Interfaces(YamlNode node, ReadContext context)
    {
        var interfaces = new List<InterfaceSpec>();
        if (context.List(node, "interfaces", "a list of interfaces") is not { } list) return interfaces;
        var marks = new Dictionary<string, SourceMark>(StringComparer.Ordinal);
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (InterfaceReader.Read(list.Items[i], i, context) is not { } spec) continue;
            if (marks.TryAdd(spec.Name, list.Items[i].Mark)) interfaces.Add(spec);
            else context.Error(list.Items[i].Mark, $"interfaces[{spec.Name}]", $"is described twice, first at line {marks[spec.Name].Line}; write one entry");
        }

        return interfaces;
    }
}
