namespace NodeAgent.Config.Sections;

/// <summary>grpc.socket and grpc.limits.</summary>
internal static class GrpcSection
{
    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        OptionKinds.FullPath("grpc.socket.path", "Unix socket of the API", "a file by its full path, such as /run/nodeagent/nodeagent.sock", static c => c.Grpc.Socket.Path, static (c, v) => Socket(c, c.Grpc.Socket with { Path = v }))
            with { AtStart = true },
        new ConfigurationOption
        {
            Key = "grpc.socket.group",
            Description = "group whose members may look, not change",
            Expected = "the name or number of a group",
            ValueName = "GROUP",
            AtStart = true,
            Show = static c => c.Grpc.Socket.Group ?? "",
            Parse = static (c, text) => IsGroup(text) ? Socket(c, c.Grpc.Socket with { Group = text }) : null,
        },
        Number("messageBytes", "longest message taken, in bytes", 1024, 64 << 20, static l => l.MessageBytes, static (l, v) => l with { MessageBytes = v }),
        Number("connections", "connections at once", 1, 100_000, static l => l.Connections, static (l, v) => l with { Connections = v }),
        Number("streams", "calls at once within a connection", 1, 100_000, static l => l.Streams, static (l, v) => l with { Streams = v }),
        Time("keepAlive", "a connection silent this long is asked whether it lives ...", static l => l.KeepAlive, static (l, v) => l with { KeepAlive = v }),
        Time("keepAliveTimeout", "... and closed without an answer in this time", static l => l.KeepAliveTimeout, static (l, v) => l with { KeepAliveTimeout = v }),
    ];

    private static AgentConfiguration Socket(AgentConfiguration configuration, SocketSettings socket) =>
        configuration with { Grpc = configuration.Grpc with { Socket = socket } };

    private static AgentConfiguration Limits(AgentConfiguration configuration, GrpcLimits limits) =>
        configuration with { Grpc = configuration.Grpc with { Limits = limits } };

    private static ConfigurationOption Number(string name, string description, int min, int max, Func<GrpcLimits, int> get, Func<GrpcLimits, int, GrpcLimits> set) =>
        OptionKinds.Number("grpc.limits." + name, description, min, max, c => get(c.Grpc.Limits), (c, v) => Limits(c, set(c.Grpc.Limits, v))) with { AtStart = true };

    private static ConfigurationOption Time(string name, string description, Func<GrpcLimits, TimeSpan> get, Func<GrpcLimits, TimeSpan, GrpcLimits> set) =>
        OptionKinds.Duration("grpc.limits." + name, description, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), c => get(c.Grpc.Limits), (c, v) => Limits(c, set(c.Grpc.Limits, v))) with { AtStart = true };

    private static bool IsGroup(string text) => text.Length is > 0 and <= 32 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '$');
}
