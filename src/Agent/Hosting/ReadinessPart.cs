namespace NodeAgent.Hosting;

/// <summary>One part of the daemon and whether it does its work.</summary>
/// <param name="Name">A short name: "network", "grpc socket".</param>
/// <param name="Ready">It works.</param>
/// <param name="Reason">A sentence: what it does, or why it does not.</param>
public sealed record ReadinessPart(string Name, bool Ready, string Reason);
