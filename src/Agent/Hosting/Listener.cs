using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace NodeAgent.Hosting;

/// <summary>Something that is served: on which socket, within which limits, and what answers.</summary>
internal abstract class Listener
{
    /// <summary>The part of <see cref="Readiness"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Where it listens, for people.</summary>
    public abstract string Place { get; }

    /// <summary>A bound socket that does not listen yet. Throws IOException or SocketException with the reason where it cannot.</summary>
    public abstract Socket Bind();

    public abstract void Limit(KestrelServerOptions options);

    public abstract void Configure(ListenOptions options);

    public virtual void AddServices(IServiceCollection services, IWebHostBuilder host, DaemonParts parts)
    {
    }

    public abstract void Map(WebApplication app, DaemonParts parts);
}
