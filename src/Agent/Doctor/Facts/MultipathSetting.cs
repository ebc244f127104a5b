namespace NodeAgent.Doctor.Facts;

/// <param name="Place">File and line: "multipath.conf line 3".</param>
/// <param name="Section">"defaults", "blacklist", "overrides", "devices device"</param>
/// <param name="Key">"no_path_retry"</param>
/// <param name="Value">Without quotes.</param>
internal sealed record MultipathSetting(string Place, string Section, string Key, string Value);
