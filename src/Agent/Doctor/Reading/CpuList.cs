using System.Globalization;

namespace NodeAgent.Doctor.Reading;

/// <summary>The kernel's list format: "0-3,8,10-11".</summary>
internal static class CpuList
{
    // The most a kernel can be built for (CONFIG_NR_CPUS_RANGE_END).
    private const int Most = 8192;

    /// <summary>Null where the text is no such list.</summary>
    public static IReadOnlyList<int>? Parse(string text)
    {
        var numbers = new List<int>();
        foreach (var range in text.Split(','))
        {
            var dash = range.IndexOf('-');
            if (!TryNumber(dash < 0 ? range : range[..dash], out var first) || !TryNumber(dash < 0 ? range : range[(dash + 1)..], out var last) || last < first) return null;
            for (var i = first; i <= last; i++) numbers.Add(i);
        }

        return numbers;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Most;
}
