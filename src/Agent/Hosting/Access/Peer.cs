using System.Net;

namespace NodeAgent.Hosting.Access;

/// <summary>The other end of a connection, as the kernel or TLS vouches for it.</summary>
public abstract record Peer
{
    /// <summary>For people and logs.</summary>
    public abstract string Who { get; }

    /// <summary><see cref="Who"/>, and from where: the process or the address.</summary>
    public abstract string Origin { get; }

    /// <summary>"unix" or "tcp".</summary>
    public abstract string Transport { get; }

    public virtual IPAddress? Address => null;
}
