using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using NodeAgent.Systemd;

namespace NodeAgent.Hosting;

/// <summary>Something that is served: on which socket, within which limits, and what answers.</summary>
internal abstract class Listener
{
    /// <summary>The part of <see cref="Readiness"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Where it listens, for people.</summary>
    public abstract string Place { get; }

    /// <summary>Asks whether the server answers; null where a client without a certificate cannot ask.</summary>
    public virtual IHeartbeat? Heartbeat => null;

    /// <summary>A bound socket that does not listen yet. Throws IOException or SocketException with the reason where it cannot.</summary>
    public abstract Socket Bind();

    /// <summary>The socket that the service manager opened for it, once: it is the server's then.</summary>
    protected static Socket? TakeOpened(ref Socket? opened)
    {
        var socket = opened;
        opened = null;
        return socket;
    }

    public abstract void Limit(KestrelServerOptions options);

    public abstract void Configure(ListenOptions options, DaemonParts parts);

    public virtual void AddServices(IServiceCollection services, IWebHostBuilder host, DaemonParts parts)
    {
    }

    public abstract void Map(WebApplication app, DaemonParts parts);
}
