using System.Globalization;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>Status and metadata as headers or trailers of a response.</summary>
internal static class StatusFields
{
    public static void Write(IHeaderDictionary fields, Status status)
    {
        fields[HeaderNames.Status] = ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(status.Detail))
            fields[HeaderNames.Message] = PercentEncoding.Encode(status.Detail);
    }

    public static void Write(IHeaderDictionary fields, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (!HeaderNames.IsReserved(entry.Key))
                fields.Append(entry.Key, MetadataFields.Value(entry));
        }
    }
}
