namespace NodeAgent.Migration.Guests;

/// <summary>By what guests are followed; tests do without some, as some kernels and containers do.</summary>
[Flags]
internal enum GuestMeans
{
    /// <summary>/proc alone.</summary>
    None = 0,

    /// <summary>The kernel's connector.</summary>
    Events = 1,

    /// <summary>pidfd_open.</summary>
    Descriptors = 2,

    All = Events | Descriptors,
}
