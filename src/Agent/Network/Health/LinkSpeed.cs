using System.Globalization;

namespace NodeAgent.Network.Health;

/// <summary>Speeds in words.</summary>
public static class LinkSpeed
{
    /// <param name="megabits">Megabits per second.</param>
    public static string Text(long megabits) =>
        megabits >= 1000 ? string.Create(CultureInfo.InvariantCulture, $"{megabits / 1000.0:0.##} Gbit/s") : string.Create(CultureInfo.InvariantCulture, $"{megabits} Mbit/s");
}
