namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>KubeVirt names a domain "NAMESPACE_NAME"; a namespace never holds "_".</summary>
internal static class KubeVirtName
{
    /// <summary>Both null where the process is in no pod, or the name has no namespace.</summary>
    public static (string? Namespace, string? Name) Of(string domain, string? podUid)
    {
        var at = podUid is null ? -1 : domain.IndexOf('_', StringComparison.Ordinal);
        return at <= 0 || at + 1 == domain.Length ? default : (domain[..at], domain[(at + 1)..]);
    }
}
