using NodeAgent.Config.Sections;

namespace NodeAgent.Config;

/// <summary>Everything that can be configured.</summary>
internal static class ConfigurationOptions
{
    private static readonly Dictionary<string, ConfigurationOption> s_byKey;
    private static readonly Dictionary<string, List<string>> s_children = new(StringComparer.Ordinal);

    static ConfigurationOptions()
    {
        All = [.. NetworkSection.Options, .. GrpcSection.Options, .. GrpcTcpSection.Options, .. MetricsSection.Options, .. OtlpSection.Options, .. StorageSection.Options, .. MigrationSection.Options, .. LogSection.Options, .. DoctorSection.Options, .. PathSection.Options];
        s_byKey = All.ToDictionary(static o => o.Key, StringComparer.Ordinal);
        foreach (var option in All) Enter(option.Key);
    }

    /// <summary>In the order that help and `config check` list them.</summary>
    public static IReadOnlyList<ConfigurationOption> All { get; }

    public static ConfigurationOption? Find(string key) => s_byKey.GetValueOrDefault(key);

    /// <summary>The keys possible in a section of the file ("" for the whole); none where it is no section.</summary>
    public static IReadOnlyList<string> KeysIn(string section) => s_children.TryGetValue(section, out var keys) ? keys : [];

    private static void Enter(string key)
    {
        var dot = key.LastIndexOf('.');
        var parent = dot < 0 ? "" : key[..dot];
        if (!s_children.TryGetValue(parent, out var keys))
        {
            s_children[parent] = keys = [];
            if (parent.Length > 0) Enter(parent);
        }

        keys.Add(key[(dot + 1)..]);
    }
}
