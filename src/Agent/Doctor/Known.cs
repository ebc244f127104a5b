using NodeAgent.Files;

namespace NodeAgent.Doctor;

/// <summary>A fact, or why it is not known. Absent and failed are different answers.</summary>
/// <param name="Value">Means something only where <see cref="IsFound"/>.</param>
/// <param name="IsFound">It is known.</param>
/// <param name="Error">Why it is not; null where it is, and where there is no such thing.</param>
internal readonly record struct Known<T>(T? Value, bool IsFound, string? Error)
{
    public bool IsAbsent => !IsFound && Error is null;

    /// <summary>Why it is not known, for a finding.</summary>
    /// <param name="what">What is not there where it is absent: "/proc/meminfo".</param>
    public string Reason(string what) => Error ?? $"{what}: there is no such file";

    public static Known<T> Of(T value) => new(value, true, null);

    public static Known<T> Failed(string error) => new(default, false, error);

    /// <summary>From a file's text; null of <paramref name="parse"/>: it is not what is expected.</summary>
    public static Known<T> Of(HostReading reading, string path, string expected, Func<string, Known<T>?> parse)
    {
        if (!reading.IsFound) return new Known<T>(default, false, reading.Error);
        return parse(reading.Text) ?? Failed($"{path}: expected {expected}, found \"{HostText.Shorten(reading.Text)}\"");
    }
}
