namespace NodeAgent.Config;

/// <summary>grpc.socket: the Unix socket, where root may do everything and a group may look.</summary>
public sealed record SocketSettings
{
    /// <summary>grpc.socket.path, a full path; null: nodeagent.sock in the run folder.</summary>
    public string? Path { get; init; }

    /// <summary>grpc.socket.group: name or number of the group whose members have the role read; null: root alone may connect.</summary>
    public string? Group { get; init; }
}
