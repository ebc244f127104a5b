using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using NodeAgent.Systemd;

namespace NodeAgent.Hosting;

/// <summary>
/// Everything that is served. Sockets are bound on a thread of its own, in the network namespace in which this object was made, for ever:
/// the daemon's other threads may be in the sandbox's. What cannot be served is said and tried again; it stops nothing else.
/// </summary>
public sealed class Listeners : IDisposable
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(2);

    // Enough for calls to be ended with a status, short enough for whoever waits for the daemon's end.
    private static readonly TimeSpan s_stopWithin = TimeSpan.FromSeconds(3);

    private readonly IReadOnlyList<Listener> _all;
    private readonly List<Listener> _waiting;
    private readonly Dictionary<Listener, Socket> _bound = [];
    private readonly List<WebServer> _servers = [];
    private readonly ConcurrentDictionary<string, EndPoint> _endPoints = [];
    private readonly TaskCompletionSource<DaemonParts> _parts = new();
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    internal Listeners(IEnumerable<Listener> listeners)
    {
        _all = [.. listeners];
        _waiting = [.. _all];
        foreach (var listener in _waiting) TryBind(listener);
        _thread = new Thread(Work) { Name = "listeners", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where a listener listens: with the port it was given where 0 was asked for. Null while it does not.</summary>
    internal EndPoint? EndPointOf(string name) => _endPoints.GetValueOrDefault(name);

    /// <summary>Serves what these parts make up, from now on; returns at once.</summary>
    public void Serve(DaemonParts parts)
    {
        foreach (var listener in _waiting) parts.Readiness.Set(listener.Name, false, $"{listener.Place}: being started");
        _parts.SetResult(parts);
    }

    /// <summary>Ends once each listener serves or has failed to, for a start.</summary>
    public Task Tried => _tried.Task;

    /// <summary>Each listener, to be asked whether it answers.</summary>
    public IEnumerable<IHeartbeat> Heartbeats() => _all.Select(static l => l.Heartbeat).OfType<IHeartbeat>();

    /// <summary>Ends what is served: calls end with UNAVAILABLE, whoever does not go is cut off after seconds.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested) return;
        _stop.Cancel();
        _parts.TrySetCanceled();
        _thread.Join();
        if (_parts.Task.IsCompletedSuccessfully) Stop(_parts.Task.Result);
        foreach (var socket in _bound.Values) socket.Dispose();
    }

    private void Stop(DaemonParts parts)
    {
        parts.Access.Stop();
        using var cut = new CancellationTokenSource(s_stopWithin, parts.Clock);
        Task.WhenAll(_servers.Select(s => s.StopAsync(cut.Token))).GetAwaiter().GetResult();
    }

    private void Work()
    {
        DaemonParts parts;
        try
        {
            parts = _parts.Task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var log = parts.Logs.CreateLogger("host");
        do
        {
            foreach (var listener in _waiting.ToArray()) TryServe(listener, parts, log);
            _tried.TrySetResult();
        }
        while (_waiting.Count > 0 && !_stop.Token.WaitHandle.WaitOne(s_retry));
    }

    private void TryServe(Listener listener, DaemonParts parts, ILogger log)
    {
        if (_stop.IsCancellationRequested) return;
        Socket? socket = null;
        try
        {
            if (!_bound.Remove(listener, out socket)) socket = listener.Bind();
            var place = socket.LocalEndPoint!;
            _servers.Add(WebServer.Start(listener, socket, parts));
            _waiting.Remove(listener);
            _endPoints[listener.Name] = place;
            parts.Readiness.Set(listener.Name, true, listener.Place);
            log.Listening(listener.Name, listener.Place);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The next try binds another.
            socket?.Dispose();
            // Said once for each reason, not at every try.
            if (parts.Readiness.Set(listener.Name, false, e.Message)) log.NotListening(listener.Name, e.Message, s_retry.TotalSeconds);
        }
    }

    private void TryBind(Listener listener)
    {
        try
        {
            _bound[listener] = listener.Bind();
        }
        catch (IOException)
        {
            // Said, and tried again, once there is a log.
        }
    }
}
