using System.Globalization;

namespace NodeAgent.Network.Spec;

/// <summary>Times as documents and options write them: 1500ms, 30s, 2m, 1h, and several joined (1m30s).</summary>
public static class Durations
{
    private static readonly (string Unit, long Milliseconds)[] s_units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];

    /// <summary>False for anything else, a bare number included: it has no unit to tell.</summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        time = default;
        long total = 0;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty) return false;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 9 || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9');
            var unit = letters < 0 ? rest : rest[..letters];
            var factor = FactorOf(unit);
            if (factor == 0) return false;
            total += number * factor;
            rest = rest[unit.Length..];
        }

        time = TimeSpan.FromMilliseconds(total);
        return true;
    }

    /// <summary>The shortest form that reads back as the same time.</summary>
    public static string Format(TimeSpan time)
    {
        var milliseconds = (long)time.TotalMilliseconds;
        if (milliseconds == 0) return "0s";
        for (var i = s_units.Length - 1; i > 0; i--)
        {
            if (milliseconds % s_units[i].Milliseconds == 0) return (milliseconds / s_units[i].Milliseconds).ToString(CultureInfo.InvariantCulture) + s_units[i].Unit;
        }

        return milliseconds.ToString(CultureInfo.InvariantCulture) + "ms";
    }

    private static long FactorOf(ReadOnlySpan<char> unit)
    {
        foreach (var (name, milliseconds) in s_units)
        {
            if (unit.SequenceEqual(name)) return milliseconds;
        }

        return 0;
    }
}
