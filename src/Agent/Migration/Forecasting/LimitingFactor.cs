namespace NodeAgent.Migration.Forecasting;

/// <summary>What decides how long it takes.</summary>
public enum LimitingFactor
{
    /// <summary>Nothing: it has ended, or nothing is known.</summary>
    None,

    /// <summary>No memory has been sent yet.</summary>
    NotBegun,

    /// <summary>The first pass is under way: how fast memory is dirtied is known after it.</summary>
    FirstPass,

    /// <summary>The bandwidth limit holds the source back.</summary>
    BandwidthLimit,

    /// <summary>Sent as fast as network and hosts can.</summary>
    TransferRate,

    /// <summary>Memory is dirtied as fast as it is sent.</summary>
    DirtyRate,

    /// <summary>What is left after each pass is little, but more than may be sent within the downtime limit.</summary>
    DowntimeLimit,

    /// <summary>The guest stands still.</summary>
    Switchover,

    /// <summary>The guest runs on the destination; its pages follow.</summary>
    Postcopy,

    /// <summary>The connection broke in post-copy.</summary>
    Connection,

    /// <summary>It failed; the source's own words are in the text.</summary>
    Error,
}
