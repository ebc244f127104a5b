namespace NodeAgent.Network.Model;

/// <summary>What the kernel needs before it takes a new value of a field on an existing link.</summary>
public enum FieldApply
{
    /// <summary>At any time.</summary>
    Live,

    /// <summary>The link must be down.</summary>
    LinkDown,

    /// <summary>The link must be down and have no ports (a bond's mode).</summary>
    NoPorts,

    /// <summary>Never: the link is removed and created again.</summary>
    Recreate,
}
