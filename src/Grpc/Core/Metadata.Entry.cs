using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key and its value.</summary>
    public class Entry
    {
        private readonly string? _value;
        private readonly byte[]? _bytes;

        /// <exception cref="ArgumentException">The key has characters other than a-z, 0-9, <c>_ - .</c>, or ends in <c>-bin</c>.</exception>
        public Entry(string key, string value)
        {
            Key = Normalize(key);
            if (HasBinarySuffix(Key))
                throw new ArgumentException($"The metadata key '{key}' ends in '{BinaryHeaderSuffix}': its value has to be bytes, not text.", nameof(key));
            _value = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <exception cref="ArgumentException">The key has characters other than a-z, 0-9, <c>_ - .</c>, or does not end in <c>-bin</c>.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            Key = Normalize(key);
            if (!HasBinarySuffix(Key))
                throw new ArgumentException($"The metadata key '{key}' does not end in '{BinaryHeaderSuffix}': its value has to be text, not bytes.", nameof(key));
            ArgumentNullException.ThrowIfNull(valueBytes);
            _bytes = [.. valueBytes];
        }

        public string Key { get; }

        public bool IsBinary => _value is null;

        /// <exception cref="InvalidOperationException">The value is bytes.</exception>
        public string Value => _value ?? throw new InvalidOperationException($"The metadata entry '{Key}' is binary; its bytes are in ValueBytes.");

        /// <summary>The bytes, or the text's in ASCII.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_value!) : [.. _bytes];

        internal ReadOnlySpan<byte> Bytes => _bytes;

        public override string ToString() => IsBinary ? $"[Entry: key={Key}, valueBytes={_bytes!.Length} bytes]" : $"[Entry: key={Key}, value={_value}]";

        internal bool Has(string key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);

        internal static bool HasBinarySuffix(string key) => key.EndsWith(BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase);

        internal static bool IsValidKey(string key) => key.Length > 0 && !key.AsSpan().ContainsAnyExcept(MetadataKeys.Characters);

        private static string Normalize(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (!IsValidKey(key))
                throw new ArgumentException($"The metadata key '{key}' has to consist of letters, digits, '_', '-' and '.'.", nameof(key));
            return key.ToLowerInvariant();
        }
    }
}
