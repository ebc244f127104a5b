namespace NodeAgent.Network.Planning.Goals;

/// <summary>What becomes of a link.</summary>
internal enum Fate
{
    Keep,
    Create,

    /// <summary>Removed and created again: the kernel does not change it in place.</summary>
    Recreate,
    Remove,
}
