namespace NodeAgent.Storage.Multipathd;

/// <summary>multipathd cannot be asked, does not answer, or answers what makes no sense; the message is a sentence with what to check.</summary>
internal sealed class MultipathdException(string message, bool isAbsent = false) : Exception(message)
{
    /// <summary>Nobody listens at its socket.</summary>
    public bool IsAbsent { get; } = isAbsent;
}
