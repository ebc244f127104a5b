using System.Globalization;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace NodeAgent.Hosting.Access;

/// <summary>A call's status, written by whoever stands before the services. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md</summary>
internal static class GrpcAnswer
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string DetailsHeader = "grpc-status-details-bin";

    /// <summary>Content types of gRPC begin with this.</summary>
    public const string ContentType = "application/grpc";

    /// <summary>Answers a call that no service has seen: a response of headers alone.</summary>
    public static void Refuse(HttpContext context, Status status)
    {
        context.Response.ContentType = ContentType;
        context.Response.Headers[StatusHeader] = Number(status.StatusCode);
        context.Response.Headers[MessageHeader] = Encode(status.Detail);
    }

    /// <summary>Puts a status in place of the one a service ended its call with, unless that has left already.</summary>
    public static void Replace(HttpContext context, Status status)
    {
        if (!context.Response.HasStarted && context.Response.Headers.ContainsKey(StatusHeader))
        {
            context.Response.Headers.Remove(DetailsHeader);
            Refuse(context, status);
        }
        else if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers)
        {
            trailers.Remove(DetailsHeader);
            trailers[StatusHeader] = Number(status.StatusCode);
            trailers[MessageHeader] = Encode(status.Detail);
        }
    }

    /// <summary>The status a call ended with, as far as it is known: null where it ended without one.</summary>
    public static StatusCode? StatusOf(HttpContext context)
    {
        var text = context.Response.Headers[StatusHeader].ToString();
        if (text.Length == 0) text = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()?.Trailers[StatusHeader].ToString() ?? "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? (StatusCode)code : null;
    }

    private static string Number(StatusCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);

    private static string Encode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%') text.Append((char)b);
            else text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
