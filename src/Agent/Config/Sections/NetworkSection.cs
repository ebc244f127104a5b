using NodeAgent.Network.Spec;
using NodeAgent.Network.Spec.Reading;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Config.Sections;

/// <summary>controlPlane, probes and drift: how the network is looked after.</summary>
internal static class NetworkSection
{
    private const string Address = "an address (not a name) such as 172.16.0.10 or 172.16.0.10:6443";

    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        new ConfigurationOption
        {
            Key = "controlPlane",
            Description = "API server's address, whose route must not be cut",
            Expected = Address,
            ValueName = "ADDR[:PORT]",
            IsGlobal = true,
            Show = static c => string.Join(',', c.ControlPlane),
            Parse = ParseAddresses,
            Read = ReadAddresses,
        },
        new ConfigurationOption
        {
            Key = "probes",
            Description = "probes of policies that name none",
            Expected = ProbeText.Forms,
            ValueName = "PROBE",
            Show = static c => c.Probes switch { null => "", [] => "none", var probes => string.Join(',', probes.Select(ProbeText.Format)) },
            Parse = static (c, text) => ProbeText.Parse(text.Split(',', StringSplitOptions.TrimEntries), out _) is { } probes ? c with { Probes = probes } : null,
            Read = static (c, node, context) => c with { Probes = ProbeReader.Read(node, "probes", context) },
        },
        OptionKinds.Number("drift.tugOfWar.repairs", "stop repairing after this many of one repair ...", 1, 1000, static c => c.Drift.TugOfWarRepairs, static (c, v) => c with { Drift = c.Drift with { TugOfWarRepairs = v } }),
        OptionKinds.Duration("drift.tugOfWar.window", "... within this time", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), static c => c.Drift.TugOfWarWindow, static (c, v) => c with { Drift = c.Drift with { TugOfWarWindow = v } }),
    ];

    private static AgentConfiguration? ParseAddresses(AgentConfiguration configuration, string text)
    {
        var addresses = new List<ControlPlaneAddress>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ControlPlaneAddress.TryParse(part, out var address)) return null;
            addresses.Add(address);
        }

        return configuration with { ControlPlane = addresses };
    }

    private static AgentConfiguration ReadAddresses(AgentConfiguration configuration, YamlNode node, ReadContext context)
    {
        if (context.List(node, "controlPlane", "a list of addresses") is not { } list) return configuration;
        var addresses = new List<ControlPlaneAddress>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is YamlScalar scalar && ControlPlaneAddress.TryParse(scalar.Text, out var address)) addresses.Add(address);
            else context.Expected(list.Items[i], $"controlPlane[{i}]", Address);
        }

        return configuration with { ControlPlane = addresses };
    }
}
