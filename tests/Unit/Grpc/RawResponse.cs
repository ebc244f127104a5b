using System.Globalization;
using System.Net;
using Grpc.Core;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>A response over HTTP/2 before anything of gRPC is read from it.</summary>
public sealed record RawResponse(HttpStatusCode Http, byte[] Body, Dictionary<string, string> Headers, Dictionary<string, string> Trailers)
{
    /// <summary>Whether the status came in the headers, without a body.</summary>
    public bool IsTrailersOnly => Headers.ContainsKey("grpc-status");

    public StatusCode Status => (StatusCode)int.Parse(Field("grpc-status"), CultureInfo.InvariantCulture);

    public string Message => Uri.UnescapeDataString(Field("grpc-message"));

    private string Field(string name) => (IsTrailersOnly ? Headers : Trailers)[name];
}
