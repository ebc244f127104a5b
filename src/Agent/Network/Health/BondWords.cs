namespace NodeAgent.Network.Health;

/// <summary>The states of a bond's verdict: the words of the API, of JSON and of metrics.</summary>
public static class BondWords
{
    public const string Healthy = "healthy";

    /// <summary>Down by an administrator.</summary>
    public const string Down = "down";
    public const string NoPorts = "no ports";

    /// <summary>No port has a carrier.</summary>
    public const string CutOff = "cut off";

    /// <summary>Too few ports for min_links.</summary>
    public const string MinLinks = "min links";
    public const string NoCarrier = "no carrier";

    /// <summary>802.3ad, and no port hears a partner.</summary>
    public const string NoPartner = "no partner";

    /// <summary>802.3ad, and some ports hear no partner.</summary>
    public const string PartnerMissing = "partner missing";
    public const string PortDown = "port down";

    /// <summary>802.3ad, and ports are in different aggregators: only those of one carry traffic.</summary>
    public const string Split = "split";

    /// <summary>802.3ad, and a partner has just stopped speaking.</summary>
    public const string Expired = "expired";
    public const string NotInSync = "not in sync";
    public const string MixedSpeeds = "mixed speeds";
    public const string HalfDuplex = "half duplex";
    public const string Flapping = "flapping";

    /// <summary>Neither miimon nor arp_interval is set.</summary>
    public const string NotMonitored = "not monitored";

    /// <summary>Nothing takes over when its port fails.</summary>
    public const string SinglePort = "single port";

    /// <summary>Only in findings: no problem.</summary>
    public const string Note = "note";
}
