namespace NodeAgent.Doctor;

/// <summary>What a check says of the facts.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Found">What there is, or why that is not known.</param>
/// <param name="Fix">The next thing to do; null where there is nothing to do.</param>
public sealed record Finding(CheckStatus Status, string Found, string? Fix = null)
{
    public static Finding Ok(string found) => new(CheckStatus.Ok, found);

    public static Finding Warn(string found, string fix) => new(CheckStatus.Warn, found, fix);

    public static Finding Fail(string found, string fix) => new(CheckStatus.Fail, found, fix);

    public static Finding Absent(string found) => new(CheckStatus.Absent, found);

    public static Finding Unknown(string reason, string? fix = null) => new(CheckStatus.Unknown, reason, fix);
}
