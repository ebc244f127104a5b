namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>MACVLAN_MODE_… of linux/if_link.h.</summary>
public enum MacvlanMode : uint
{
    /// <summary>Does not talk to other macvlans of the base.</summary>
    Private = 1,

    /// <summary>Talks to them through the switch.</summary>
    Vepa = 2,

    /// <summary>Talks to them directly.</summary>
    Bridge = 4,

    /// <summary>Takes the base over; one only.</summary>
    Passthru = 8,
    Source = 16,
}
