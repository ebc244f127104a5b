using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Reads what stands around a desired state in a Kubernetes object: NodeNetworkConfigurationPolicy (nmstate.io) or NodeNetworkPolicy (nodeagent.dev).</summary>
internal static class PolicyReader
{
    private const string ModeAnnotation = "nodeagent.dev/mode";

    private static readonly TimeSpan s_minConfirm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_maxConfirm = TimeSpan.FromDays(1);

    private static readonly KeyTable s_head = new("apiVersion", "kind", "metadata", "spec") { Ignored = new HashSet<string> { "status" } };

    private static readonly KeyTable s_nmstate = new("desiredState", "nodeSelector", "maxUnavailable")
    {
        Refused = new Dictionary<string, UnsupportedKey> { ["capture"] = new("capture expressions; write the values themselves in desiredState") },
    };

    private static readonly KeyTable s_own = new("desiredState", "mode", "probes", "confirm", "allowDisrupt", "nodeSelector", "maxUnavailable")
    {
        Refused = new Dictionary<string, UnsupportedKey> { ["capture"] = new("capture expressions; write the values themselves in desiredState") },
    };

    /// <summary>Null where errors leave nothing to return.</summary>
    public static PolicyDocument? Read(YamlMap map, string file, string text, string name, ReadContext context)
    {
        foreach (var entry in map.Entries.Where(e => !s_head.Valid.Contains(e.Key))) context.OtherKey(entry, "", s_head);
        if (Kind(map, context) is not { } own) return null;
        PolicyMode? mode = null;
        if (map["metadata"] is { } metadata && context.Map(metadata, "metadata") is { } meta)
        {
            if (meta["name"] is { } nameNode) name = PolicyName.Read(nameNode, context) ?? name;
            if (meta["annotations"] is YamlMap annotations) mode = Annotations(annotations, context);
        }

        context.Policy = name;
        if (map["spec"] is not { } specNode)
        {
            context.Error(map.Mark, "spec", "is missing; it holds desiredState");
            return null;
        }

        if (context.Map(specNode, "spec", "a map with desiredState") is not { } spec) return null;
        var document = new PolicyDocument { Name = name, File = file, Text = text, Desired = DesiredState.Empty, Mode = mode ?? PolicyMode.Repair };
        foreach (var entry in spec.Entries) document = Spec(document, entry, own, context);
        if (spec["desiredState"] is null) context.Error(spec.Mark, "spec.desiredState", "is missing; it holds interfaces and routes");
        return document with { Notes = context.Notes };
    }

    private static PolicyDocument Spec(PolicyDocument document, YamlEntry entry, bool own, ReadContext context)
    {
        var path = "spec." + entry.Key;
        switch (entry.Key)
        {
            case "desiredState":
                var state = context.Map(entry.Value, path, "a map (interfaces, routes)");
                return state is null ? document : document with { Desired = DesiredStateReader.Read(state, path, context) };
            case "nodeSelector" or "maxUnavailable":
                if (entry.Value is not YamlScalar { IsNull: true }) context.Note(entry.Mark, path, "has no effect in a local file: this node applies it");
                return document;
            case "mode" when own:
                return document with { Mode = Mode(entry.Value, path, context) ?? document.Mode };
            case "probes" when own:
                return document with { Probes = ProbeReader.Read(entry.Value, path, context) };
            case "confirm" when own:
                return document with { Confirm = context.Duration(entry.Value, path, s_minConfirm, s_maxConfirm) };
            case "allowDisrupt" when own:
                return document with { AllowDisrupt = Links(entry.Value, path, context) };
            case "mode" or "probes" or "confirm" or "allowDisrupt":
                var instead = entry.Key == "mode" ? $" or give it the annotation {ModeAnnotation}" : "";
                context.Error(entry.Mark, path, $"is not a field of NodeNetworkConfigurationPolicy; write the policy as apiVersion nodeagent.dev/v1alpha1, kind NodeNetworkPolicy{instead}");
                return document;
            default:
                context.OtherKey(entry, "spec", own ? s_own : s_nmstate);
                return document;
        }
    }

    /// <summary>True for the agent's own kind, false for nmstate's, null with an error for others.</summary>
    private static bool? Kind(YamlMap map, ReadContext context)
    {
        var version = (map["apiVersion"] as YamlScalar)?.Text;
        var kind = (map["kind"] as YamlScalar)?.Text;
        switch (version, kind)
        {
            case ("nmstate.io/v1" or "nmstate.io/v1beta1", "NodeNetworkConfigurationPolicy"):
                return false;
            case ("nodeagent.dev/v1alpha1", "NodeNetworkPolicy"):
                return true;
            default:
                var at = version is null ? map.Mark : map["apiVersion"]!.Mark;
                context.Error(at, "apiVersion", $"expected nmstate.io/v1 with kind NodeNetworkConfigurationPolicy, or nodeagent.dev/v1alpha1 with kind NodeNetworkPolicy, found {YamlScalar.Quote(version ?? "")} with kind {YamlScalar.Quote(kind ?? "")}");
                return null;
        }
    }

    private static PolicyMode? Annotations(YamlMap annotations, ReadContext context)
    {
        PolicyMode? mode = null;
        foreach (var entry in annotations.Entries)
        {
            if (entry.Key == ModeAnnotation) mode = Mode(entry.Value, $"metadata.annotations.{entry.Key}", context);
            else if (entry.Key.StartsWith("nodeagent.dev/", StringComparison.Ordinal)) context.Unknown(entry, "metadata.annotations", [ModeAnnotation]);
        }

        return mode;
    }

    private static PolicyMode? Mode(YamlNode node, string path, ReadContext context)
    {
        switch ((node as YamlScalar)?.Text)
        {
            case "repair":
                return PolicyMode.Repair;
            case "observe":
                return PolicyMode.Observe;
            default:
                context.Expected(node, path, "repair or observe");
                return null;
        }
    }

    private static List<string> Links(YamlNode node, string path, ReadContext context)
    {
        var names = new List<string>();
        if (context.List(node, path, "a list of link names") is not { } list) return names;
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (context.LinkName(list.Items[i], $"{path}[{i}]") is { } name) names.Add(name);
        }

        return names;
    }
}
