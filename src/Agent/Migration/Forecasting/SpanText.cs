using System.Globalization;

namespace NodeAgent.Migration.Forecasting;

/// <summary>Two ends of a time as people say them: "6 to 9 s", "40 s to 3 min"; rounded outwards, with no more digits than an estimate has.</summary>
public static class SpanText
{
    public static string Of(double low, double high)
    {
        var digits = high < 5 ? 1 : 0;
        var ((size, unit), (lowSize, lowUnit)) = (Unit(high), Unit(low));
        var (least, most) = (Round(low / lowSize, digits, Math.Floor), Round(high / size, digits, Math.Ceiling));
        return unit != lowUnit ? $"{least} {lowUnit} to {most} {unit}" : least == most ? $"{most} {unit}" : $"{least} to {most} {unit}";
    }

    private static (int Seconds, string Name) Unit(double seconds) => seconds switch { < 100 => (1, "s"), < 6000 => (60, "min"), _ => (3600, "h") };

    private static string Round(double value, int digits, Func<double, double> round)
    {
        var scale = Math.Pow(10, digits);

        // What is whole but for the last bits stays so.
        return (round(Math.Round(value * scale, 6)) / scale).ToString("0.#", CultureInfo.InvariantCulture);
    }
}
