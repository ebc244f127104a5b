using System.Buffers;

namespace Grpc.Core;

/// <summary>What a metadata key may consist of before it is put in lower case.</summary>
internal static class MetadataKeys
{
    public static readonly SearchValues<char> Characters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
}
