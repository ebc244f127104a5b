namespace NodeAgent.Config.Sections;

/// <summary>paths: the agent's folders.</summary>
internal static class PathSection
{
    private const string Folder = "a folder by its full path, such as /var/lib/nodeagent";

    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        OptionKinds.FullPath("paths.state", "journal and policies in force", Folder, static c => c.StateFolder, static (c, v) => c with { StateFolder = v })
            with { Flag = "--state-dir", Variable = "NODEAGENT_STATE_DIR", IsGlobal = true, AtStart = true },
        OptionKinds.FullPath("paths.run", "locks and sockets", Folder, static c => c.RunFolder, static (c, v) => c with { RunFolder = v })
            with { Flag = "--run-dir", Variable = "NODEAGENT_RUN_DIR", IsGlobal = true, AtStart = true },
        OptionKinds.FullPath("paths.policies", "policies of this node", Folder, static c => c.PoliciesFolder, static (c, v) => c with { PoliciesFolder = v })
            with { Flag = "--policies-dir", Variable = "NODEAGENT_POLICIES_DIR", IsGlobal = true, AtStart = true },
    ];
}
