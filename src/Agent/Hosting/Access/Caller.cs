using System.Net;

namespace NodeAgent.Hosting.Access;

/// <summary>Who calls, as of the start of the call.</summary>
/// <param name="Who">For people and logs: "uid 0 (root)", "spiffe://…", "CN=…".</param>
/// <param name="Role">What it may do.</param>
/// <param name="Transport">"unix" or "tcp".</param>
/// <param name="Peer">Where a TCP client connects from: the way back to it is a control path of this node.</param>
public sealed record Caller(string Who, Role Role, string Transport, IPAddress? Peer);
