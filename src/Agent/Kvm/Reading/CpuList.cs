using System.Globalization;

namespace NodeAgent.Kvm.Reading;

/// <summary>Lists of processors as the kernel writes them: "0-15,32-47".</summary>
internal static class CpuList
{
    private const int Most = 1 << 20;

    /// <summary>How many are in it; null where it is no such list.</summary>
    public static int? Count(string text)
    {
        var count = 0;
        foreach (var part in text.AsSpan().Split(','))
        {
            var range = text.AsSpan()[part].Trim();
            var dash = range.IndexOf('-');
            if (!TryParse(dash < 0 ? range : range[..dash], out var from) || !TryParse(range[(dash + 1)..], out var to) || to < from) return null;
            count += to - from + 1;
            if (count > Most) return null;
        }

        return count;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Most;
}
