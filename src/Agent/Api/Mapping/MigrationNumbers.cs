using Google.Protobuf.WellKnownTypes;

namespace NodeAgent.Api.Mapping;

/// <summary>Numbers of migrations as fields of messages, where 0 and unset stand for what is not known.</summary>
internal static class MigrationNumbers
{
    /// <summary>What a forecast may say; beyond it nobody can say anything.</summary>
    private const double MostSeconds = 100.0 * 365 * 86400;

    public static ulong Bytes(double? bytes) => bytes is > 0 and <= long.MaxValue ? (ulong)Math.Round(bytes.Value) : 0;

    public static ulong Bytes(long? bytes) => bytes is > 0 ? (ulong)bytes.Value : 0;

    public static uint Count(long? count) => (uint)Math.Clamp(count ?? 0, 0, uint.MaxValue);

    public static Duration? Seconds(double? seconds) => seconds is >= 0 and <= MostSeconds ? TimeSpan.FromSeconds(seconds.Value).ToDuration() : null;

    public static Duration? Milliseconds(double? milliseconds) => Seconds(milliseconds / 1000);

    public static long? Known(ulong number) => number == 0 ? null : (long)Math.Min(number, long.MaxValue);

    public static double? KnownRate(ulong number) => number == 0 ? null : number;

    public static string? Known(string text) => text.Length == 0 ? null : text;
}
