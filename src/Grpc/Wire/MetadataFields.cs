using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Metadata as HTTP header fields and back.</summary>
internal static class MetadataFields
{
    public static string Value(Metadata.Entry entry) => entry.IsBinary ? BinaryHeader.Encode(entry.Bytes) : entry.Value;

    /// <summary>Adds what a peer sent. Binary values that were joined by commas come apart; what is no base64 is left out, as is what cannot be a key.</summary>
    public static void Add(Metadata metadata, string name, string? value)
    {
        if (value is null || HeaderNames.IsReserved(name) || !Metadata.Entry.IsValidKey(name))
            return;
        if (!Metadata.Entry.HasBinarySuffix(name))
        {
            metadata.Add(name, value);
            return;
        }

        foreach (var part in value.AsSpan().Split(','))
        {
            if (BinaryHeader.TryDecode(value.AsSpan()[part], out var bytes))
                metadata.Add(name, bytes);
        }
    }
}
