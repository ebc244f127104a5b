namespace NodeAgent.Network.Model;

/// <summary>nmstate's administrative states of an interface.</summary>
public enum InterfaceState
{
    Up,
    Down,

    /// <summary>The link does not exist (virtual links only).</summary>
    Absent,
}
