using NodeAgent.Network.Spec;
using NodeAgent.Network.Spec.Reading;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Config;

/// <summary>Reads nodeagent.yaml as strictly as a policy: every error with its place, unknown keys with the nearest.</summary>
internal static class ConfigurationReader
{
    private static readonly TimeSpan s_minWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_maxWindow = TimeSpan.FromDays(1);

    public static ConfigurationResult Load(string path, bool required)
    {
        try
        {
            return Read(path, File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException && !required)
        {
            return new ConfigurationResult(AgentConfiguration.Default, []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new ConfigurationResult(AgentConfiguration.Default, [new SpecError(default, path, FileProblem.Of(path, error))]);
        }
    }

    public static ConfigurationResult Read(string file, ReadOnlySpan<byte> bytes)
    {
        var errors = new List<SpecError>();
        var text = TextCheck.Decode(file, bytes, out var problem);
        if (problem is not null) errors.Add(problem);
        var root = text is null ? null : YamlTree.Read(file, text, errors);
        var context = new ReadContext(errors);
        var configuration = AgentConfiguration.Default;
        if (root is not null && context.Map(root, "") is { } map)
        {
            foreach (var entry in map.Entries) configuration = Top(configuration, entry, context);
        }

        return context.HasErrors ? new ConfigurationResult(AgentConfiguration.Default, context.Errors()) : new ConfigurationResult(configuration, []);
    }

    private static AgentConfiguration Top(AgentConfiguration configuration, YamlEntry entry, ReadContext context)
    {
        switch (entry.Key)
        {
            case "controlPlane":
                return configuration with { ControlPlane = Addresses(entry.Value, context) };
            case "probes":
                return configuration with { Probes = ProbeReader.Read(entry.Value, "probes", context) };
            case "drift":
                return configuration with { Drift = Drift(entry.Value, context) };
            case "paths":
                return Paths(configuration, entry.Value, context);
            default:
                context.Unknown(entry, "", ["controlPlane", "probes", "drift", "paths"]);
                return configuration;
        }
    }

    private static List<ControlPlaneAddress> Addresses(YamlNode node, ReadContext context)
    {
        var addresses = new List<ControlPlaneAddress>();
        if (context.List(node, "controlPlane", "a list of addresses") is not { } list) return addresses;
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is YamlScalar scalar && ControlPlaneAddress.TryParse(scalar.Text, out var address)) addresses.Add(address);
            else context.Expected(list.Items[i], $"controlPlane[{i}]", "an address (not a name) such as 172.16.0.10 or 172.16.0.10:6443");
        }

        return addresses;
    }

    private static DriftSettings Drift(YamlNode node, ReadContext context)
    {
        var drift = new DriftSettings();
        if (context.Map(node, "drift", "a map (tugOfWar)") is not { } map) return drift;
        foreach (var entry in map.Entries)
        {
            if (entry.Key == "tugOfWar") drift = TugOfWar(drift, entry.Value, context);
            else context.Unknown(entry, "drift", ["tugOfWar"]);
        }

        return drift;
    }

    private static DriftSettings TugOfWar(DriftSettings drift, YamlNode node, ReadContext context)
    {
        if (context.Map(node, "drift.tugOfWar", "a map (repairs, window)") is not { } map) return drift;
        foreach (var entry in map.Entries)
        {
            var path = "drift.tugOfWar." + entry.Key;
            switch (entry.Key)
            {
                case "repairs":
                    drift = drift with { TugOfWarRepairs = (int)(context.Number(entry.Value, path, 1, 1000) ?? drift.TugOfWarRepairs) };
                    break;
                case "window":
                    drift = drift with { TugOfWarWindow = context.Duration(entry.Value, path, s_minWindow, s_maxWindow) ?? drift.TugOfWarWindow };
                    break;
                default:
                    context.Unknown(entry, "drift.tugOfWar", ["repairs", "window"]);
                    break;
            }
        }

        return drift;
    }

    private static AgentConfiguration Paths(AgentConfiguration configuration, YamlNode node, ReadContext context)
    {
        if (context.Map(node, "paths", "a map (state, run, policies)") is not { } map) return configuration;
        foreach (var entry in map.Entries)
        {
            switch (entry.Key)
            {
                case "state":
                    configuration = configuration with { StateFolder = Folder(entry, context) };
                    break;
                case "run":
                    configuration = configuration with { RunFolder = Folder(entry, context) };
                    break;
                case "policies":
                    configuration = configuration with { PoliciesFolder = Folder(entry, context) };
                    break;
                default:
                    context.Unknown(entry, "paths", ["state", "run", "policies"]);
                    break;
            }
        }

        return configuration;
    }

    private static string? Folder(YamlEntry entry, ReadContext context)
    {
        if (entry.Value is YamlScalar { IsNull: false } scalar && scalar.Text.StartsWith('/')) return scalar.Text;
        context.Expected(entry.Value, "paths." + entry.Key, "a folder by its full path, such as /var/lib/nodeagent");
        return null;
    }
}
