namespace NodeAgent.Config;

/// <summary>What is fixed from the start of the daemon to its end: listeners, folders and rooms.</summary>
internal static class StartValues
{
    /// <summary>The new configuration with what cannot change while the daemon runs as it was.</summary>
    public static AgentConfiguration Keep(AgentConfiguration old, AgentConfiguration changed) => changed with
    {
        StateFolder = old.StateFolder,
        RunFolder = old.RunFolder,
        PoliciesFolder = old.PoliciesFolder,
        Grpc = new GrpcSettings { Socket = old.Grpc.Socket, Limits = old.Grpc.Limits, Tcp = Tcp(old.Grpc.Tcp, changed.Grpc.Tcp) },
        Metrics = changed.Metrics with { Address = old.Metrics.Address },
        Migration = changed.Migration with { Enabled = old.Migration.Enabled, History = old.Migration.History },
    };

    // A listener that the new file no longer has stays open until the next start, but nobody has a role there any more.
    private static TcpSettings? Tcp(TcpSettings? old, TcpSettings? changed) =>
        old is null ? null : old with { Identities = changed?.Identities ?? [] };
}
