using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NodeAgent.Hosting;

/// <summary>/healthz: the daemon's main loop turns. /readyz: every part does its work. 200, or 503 with what is wrong; JSON for whoever accepts it.</summary>
internal static class HealthEndpoints
{
    // A loop at work on a list of thousands of links takes tenths of a second.
    private static readonly TimeSpan s_loopWithin = TimeSpan.FromSeconds(2);

    // Sentences with apostrophes in them, not in a web page.
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes, DaemonParts parts)
    {
        routes.MapMethods("/healthz", s_methods, async context => await Answer(context, [await Loop(parts, context.RequestAborted).ConfigureAwait(false)]).ConfigureAwait(false));
        routes.MapMethods("/readyz", s_methods, context => Answer(context, [.. parts.Readiness.Snapshot, StateFolder.Check(parts.Paths.State)]));
    }

    private static async Task<ReadinessPart> Loop(DaemonParts parts, CancellationToken cancellation)
    {
        var turns = parts.Liveness is null || await parts.Liveness.AnswersAsync(s_loopWithin, cancellation).ConfigureAwait(false);
        return new ReadinessPart("loop", turns, turns ? "the daemon's loop turns" : $"the daemon's loop has not come round within {s_loopWithin.TotalSeconds:0} s");
    }

    private static Task Answer(HttpContext context, IReadOnlyList<ReadinessPart> parts)
    {
        var ready = parts.All(static p => p.Ready);
        context.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        var json = context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);
        var body = json ? Json(ready, parts) : Text(ready, parts);
        context.Response.ContentType = json ? "application/json" : "text/plain; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, 0, body.Length);
    }

    private static byte[] Text(bool ready, IReadOnlyList<ReadinessPart> parts)
    {
        var text = new StringBuilder(ready ? "ok\n" : "not ready\n");
        foreach (var part in parts) text.Append(part.Ready ? "[+] " : "[-] ").Append(part.Name).Append(": ").Append(part.Reason).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Json(bool ready, IReadOnlyList<ReadinessPart> parts)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_json))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ready", ready);
            writer.WriteStartArray("parts");
            foreach (var part in parts)
            {
                writer.WriteStartObject();
                writer.WriteString("name", part.Name);
                writer.WriteBoolean("ready", part.Ready);
                writer.WriteString("reason", part.Reason);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
