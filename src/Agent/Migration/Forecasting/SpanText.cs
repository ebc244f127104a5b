using System.Globalization;

namespace NodeAgent.Migration.Forecasting;

/// <summary>Two ends of a time as people say them: "6 to 9 s", "40 s to 3 min"; rounded outwards, with no more digits than an estimate has.</summary>
public static class SpanText
{
    public static string Of(double low, double high)
    {
        var (size, unit) = high switch { < 100 => (1, "s"), < 6000 => (60, "min"), _ => (3600, "h") };
        var digits = high < 5 ? 1 : 0;
        var most = Round(high / size, digits, Math.Ceiling);
        if (low < size) (size, unit, most) = (1, "s", size == 1 ? most : $"{most} {unit}");
        var least = Round(low / size, digits, Math.Floor);
        return most.Contains(' ', StringComparison.Ordinal) ? $"{least} {unit} to {most}" : least == most ? $"{most} {unit}" : $"{least} to {most} {unit}";
    }

    private static string Round(double value, int digits, Func<double, double> round)
    {
        var scale = Math.Pow(10, digits);

        // What is whole but for the last bits stays so.
        return (round(Math.Round(value * scale, 6)) / scale).ToString("0.#", CultureInfo.InvariantCulture);
    }
}
