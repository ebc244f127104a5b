namespace Grpc.Wire;

/// <summary>Values of headers whose name ends in <c>-bin</c>: base64, sent without padding, taken with and without.</summary>
internal static class BinaryHeader
{
    public static string Encode(ReadOnlySpan<byte> value) => Convert.ToBase64String(value).TrimEnd('=');

    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] value)
    {
        text = text.Trim().TrimEnd('=');
        Span<char> padded = text.Length <= 256 ? stackalloc char[text.Length + 3] : new char[text.Length + 3];
        text.CopyTo(padded);
        padded[text.Length..].Fill('=');
        padded = padded[..((text.Length + 3) / 4 * 4)];
        value = new byte[padded.Length / 4 * 3];
        if (text.Length % 4 == 1 || !Convert.TryFromBase64Chars(padded, value, out var written))
            return false;
        value = value[..written];
        return true;
    }
}
