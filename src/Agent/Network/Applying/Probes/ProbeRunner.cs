using NodeAgent.Network.Model;

namespace NodeAgent.Network.Applying.Probes;

/// <summary>
/// Runs probes in parallel, each for at most its timeout. Each has a thread of its own: a thread made here is in the caller's
/// network namespace, which threads of the pool need not be.
/// </summary>
public sealed class ProbeRunner(INeighbours neighbours, TimeProvider clock)
{
    /// <summary>What is probed when the user names nothing: the default gateway, where there is one.</summary>
    public IReadOnlyList<ProbeSpec> Defaults(IReadOnlyList<string> controlPlane)
    {
        var probes = new List<ProbeSpec>();
        if (neighbours.DefaultGateways().Count > 0) probes.Add(new ProbeSpec { Kind = ProbeKind.Gateway });
        foreach (var address in controlPlane)
        {
            if (Endpoint(address) is { } endpoint) probes.Add(endpoint);
        }

        return probes;
    }

    /// <summary>Runs them all; never throws for a probe that fails. <paramref name="limit"/> shortens the timeouts, null leaves them.</summary>
    public IReadOnlyList<ProbeOutcome> Run(IReadOnlyList<ProbeSpec> probes, TimeSpan? limit, CancellationToken cancellation)
    {
        var outcomes = new ProbeOutcome[probes.Count];
        var threads = new List<Thread>();
        for (var i = 0; i < probes.Count; i++)
        {
            var index = i;
            var thread = new Thread(() => outcomes[index] = RunOne(probes[index], limit, cancellation)) { IsBackground = true, Name = "probe" };
            thread.Start();
            threads.Add(thread);
        }

        foreach (var thread in threads) thread.Join();
        return outcomes;
    }

    private ProbeOutcome RunOne(ProbeSpec probe, TimeSpan? limit, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var timeout = limit is { } l && l < probe.Timeout ? l : probe.Timeout;
        string? problem;
        try
        {
            problem = probe.Kind == ProbeKind.Tcp
                ? TcpProbe.Run(probe.Host!, probe.Port, timeout, clock, cancellation)
                : new GatewayProbe(neighbours, clock).Run(probe.Host, timeout, cancellation);
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
        }

        var took = clock.GetElapsedTime(start);
        return new ProbeOutcome(probe, problem is null, problem is null ? $"{probe} answered in {took.TotalMilliseconds:0} ms" : $"{probe}: {problem}");
    }

    // "172.16.0.10:6443" or "[fd00::1]:6443"; an address without a port protects its route only.
    private static ProbeSpec? Endpoint(string address) =>
        System.Net.IPEndPoint.TryParse(address, out var endpoint) && endpoint.Port > 0
            ? new ProbeSpec { Kind = ProbeKind.Tcp, Host = endpoint.Address.ToString(), Port = endpoint.Port }
            : null;
}
