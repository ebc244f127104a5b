using NodeAgent.Config;

namespace NodeAgent.Cli.Config;

/// <summary>One key of the configuration, the value it has, and where that is from.</summary>
internal sealed record SettingsInForce(string Key, string Value, string From)
{
    private const string Nothing = "-";

    public static IReadOnlyList<SettingsInForce> Of(ConfigurationResult result, HostPaths paths) =>
        [.. ConfigurationOptions.All.Select(option => new SettingsInForce(option.Key, ValueOf(option, result.Configuration, paths), result.Origins.GetValueOrDefault(option.Key, "default")))];

    private static string ValueOf(ConfigurationOption option, AgentConfiguration configuration, HostPaths paths)
    {
        var text = option.Show(configuration);
        if (text.Length > 0) return option.IsSecret ? "(not shown)" : text;

        // Defaults that depend on other values.
        return option.Key switch
        {
            "paths.state" => paths.State,
            "paths.run" => paths.Run,
            "paths.policies" => paths.PoliciesFolder,
            "grpc.socket.path" => paths.Socket,
            "probes" => configuration.ControlPlane.Count > 0 ? "the default gateway, the control plane" : "the default gateway",
            _ => Nothing,
        };
    }
}
