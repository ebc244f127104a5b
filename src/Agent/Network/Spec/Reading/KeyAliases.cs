namespace NodeAgent.Network.Spec.Reading;

/// <summary>Other names that documents use for keys of the schema, and the one each stands for.</summary>
internal static class KeyAliases
{
    public static string Canonical(string section, string key) => (section, key) switch
    {
        ("link-aggregation" or "bridge", "ports" or "slaves") => "port",
        ("link-aggregation.options", "num_unsol_na") => "num_grat_arp",
        ("link-aggregation.options", "missed_max") => "arp_missed_max",
        ("bridge.options", "group-fwd-mask") => "group-forward-mask",
        _ => key,
    };
}
