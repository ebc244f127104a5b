namespace NodeAgent.Hosting.Access;

internal sealed record PeerFeature(Peer Peer) : IPeerFeature;
