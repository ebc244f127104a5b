namespace NodeAgent.Native.Netlink;

/// <summary>What reading a monitor came back with.</summary>
public enum MonitorStatus
{
    Events,
    TimedOut,

    /// <summary>It was stopped.</summary>
    Stopped,

    /// <summary>It was woken.</summary>
    Woken,

    /// <summary>Events were lost: list everything again. What was queued has been discarded, as the list will be newer.</summary>
    Overflow,
}
