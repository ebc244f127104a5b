using System.Diagnostics.CodeAnalysis;

namespace NodeAgent.Files;

/// <summary>What came of reading a file of the kernel or of another program. Absent and failed are different answers.</summary>
/// <param name="Text">The content without white space around it; null where it could not be read.</param>
/// <param name="Error">Why it could not be read: "/sys/x: EACCES (Permission denied)"; null where it was, and where there is no such file.</param>
public readonly record struct HostReading(string? Text, string? Error)
{
    public static readonly HostReading Absent = new(null, null);

    [MemberNotNullWhen(true, nameof(Text))]
    public bool IsFound => Text is not null;

    /// <summary>There is no such file.</summary>
    public bool IsAbsent => Text is null && Error is null;

    [MemberNotNullWhen(true, nameof(Error))]
    public bool IsFailed => Error is not null;
}
