namespace Grpc.Core;

/// <summary>A method of a service, its message types aside.</summary>
public interface IMethod
{
    MethodType Type { get; }

    /// <summary>With its package: <c>nodeagent.v1.NodeService</c>.</summary>
    string ServiceName { get; }

    string Name { get; }

    /// <summary>The HTTP/2 path: <c>/nodeagent.v1.NodeService/GetNode</c>.</summary>
    string FullName { get; }
}
