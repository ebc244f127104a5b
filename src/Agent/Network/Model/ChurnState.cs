namespace NodeAgent.Network.Model;

/// <summary>The churn machine of one end of an LACP port: "Actor Churn State" and "Partner Churn State" of /proc/net/bonding, IEEE 802.1AX 6.4.17.</summary>
public enum ChurnState
{
    /// <summary>The kernel does not say.</summary>
    Unknown,

    /// <summary>In sync.</summary>
    None,

    /// <summary>Not in sync, for less than a minute.</summary>
    Monitoring,

    /// <summary>Not in sync for a minute: the two ends do not agree.</summary>
    Churned,
}
