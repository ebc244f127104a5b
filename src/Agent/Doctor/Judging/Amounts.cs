using System.Globalization;

namespace NodeAgent.Doctor.Judging;

/// <summary>Amounts for people.</summary>
internal static class Amounts
{
    /// <summary>"25.3 GB"</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000_000 => Text(bytes / 1e12, "TB"),
        >= 1_000_000_000 => Text(bytes / 1e9, "GB"),
        _ => Text(bytes / 1e6, "MB"),
    };

    /// <summary>"10 Gbps"</summary>
    public static string Rate(long bitsPerSecond) => bitsPerSecond >= 1_000_000_000 ? Text(bitsPerSecond / 1e9, "Gbps") : Text(bitsPerSecond / 1e6, "Mbps");

    private static string Text(double amount, string unit) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.#} {unit}");
}
