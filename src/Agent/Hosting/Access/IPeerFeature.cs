namespace NodeAgent.Hosting.Access;

/// <summary>In the features of every connection to a gRPC listener.</summary>
internal interface IPeerFeature
{
    Peer Peer { get; }
}
