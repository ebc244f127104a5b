using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;

namespace NodeAgent.Network.Remote;

/// <summary>Calls of one agent, and its statuses in words.</summary>
internal sealed class RemoteCalls : IDisposable
{
    /// <summary>How long an agent may take to answer what it has to answer at once.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(40);

    private readonly string _path;
    private readonly GrpcChannel _channel;
    private Socket? _first;

    /// <param name="path">The agent's socket.</param>
    /// <param name="connected">A connection to it that is there already, or null.</param>
    public RemoteCalls(string path, Socket? connected)
    {
        _path = path;
        _first = connected;
        // The address is only a name here: where to connect to is the handler's affair.
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, cancellation) => Connect(cancellation) },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
        });
        Network = new Api.V1.NetworkService.NetworkServiceClient(_channel);
        Node = new Api.V1.NodeService.NodeServiceClient(_channel);
    }

    public Api.V1.NetworkService.NetworkServiceClient Network { get; }

    public Api.V1.NodeService.NodeServiceClient Node { get; }

    public string Path => _path;

    /// <summary>For the other services of the same agent.</summary>
    public ChannelBase Channel => _channel;

    /// <summary>When a call that begins now must have been answered.</summary>
    public static DateTime Deadline(TimeProvider clock) => (clock.GetUtcNow() + AnswerTime).UtcDateTime;

    /// <summary>Waits for an answer.</summary>
    /// <exception cref="DaemonException">There is none.</exception>
    public T Answer<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            return call.GetAwaiter().GetResult();
        }
        catch (RpcException e)
        {
            throw Error(e);
        }
        finally
        {
            call.Dispose();
        }
    }

    /// <summary>A status that no command expects, in words.</summary>
    public DaemonException Error(RpcException error) => new(
        error.StatusCode switch
        {
            StatusCode.PermissionDenied or StatusCode.Unauthenticated => $"the agent at {_path} does not let you do this: {error.Status.Detail}",
            StatusCode.DeadlineExceeded => $"the agent at {_path} gave no answer in time; --local works without it",
            StatusCode.Unavailable => $"the agent at {_path} cannot answer: {error.Status.Detail}",
            StatusCode.Unimplemented => $"the agent at {_path} does not know this call; its version is another than this program's",
            _ => $"the agent at {_path}: {error.Status.Detail}",
        },
        error);

    public void Dispose()
    {
        _channel.Dispose();
        _first?.Dispose();
    }

    private ValueTask<Stream> Connect(CancellationToken cancellation) =>
        Interlocked.Exchange(ref _first, null) is { } connected
            ? ValueTask.FromResult<Stream>(new NetworkStream(connected, ownsSocket: true))
            : DaemonSocket.ConnectAsync(_path, cancellation);
}
