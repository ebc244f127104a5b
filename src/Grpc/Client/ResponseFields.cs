using System.Globalization;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>Headers and trailers of a response as metadata and status.</summary>
internal static class ResponseFields
{
    public static Metadata Metadata(HttpResponseHeaders fields)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in fields.NonValidated)
        {
            foreach (var value in values)
                MetadataFields.Add(metadata, name.ToLowerInvariant(), value);
        }

        return metadata;
    }

    /// <summary>The status among these fields; null: there is none.</summary>
    public static Status? Status(HttpResponseHeaders fields)
    {
        if (!fields.NonValidated.TryGetValues(HeaderNames.Status, out var status))
            return null;
        var detail = fields.NonValidated.TryGetValues(HeaderNames.Message, out var message) ? PercentEncoding.Decode(message.ToString()) : "";
        return int.TryParse(status.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new Status(code is >= 0 and <= (int)StatusCode.Unauthenticated ? (StatusCode)code : StatusCode.Unknown, detail)
            : new Status(StatusCode.Unknown, $"The header {HeaderNames.Status} is '{status}'; expected a number.");
    }

    public static string? First(HttpResponseHeaders fields, string name) =>
        fields.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
