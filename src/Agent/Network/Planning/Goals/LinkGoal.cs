using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>What one link should be: as the document says, or (no spec) as it was before a step took it along.</summary>
internal sealed class LinkGoal(string name)
{
    private static readonly FieldSet s_none = new();

    public string Name { get; } = name;

    public InterfaceSpec? Spec { get; init; }

    public LinkState? Observed { get; init; }

    public required InterfaceType Type { get; init; }

    public Fate Fate { get; set; }

    /// <summary>The scalar fields it should have: those named, and for a link created again those it had.</summary>
    public FieldSet Fields { get; set; } = s_none;

    /// <summary>Why it is created, removed or created again.</summary>
    public string Cause { get; set; } = "";

    /// <summary>The link whose removal takes this one along; nobody asked for it.</summary>
    public string? TakenBy { get; set; }

    /// <summary>Addresses that are taken away on purpose.</summary>
    public HashSet<IpCidr>? RemovedAddresses { get; set; }

    /// <summary>Its place in the order is settled, or being settled.</summary>
    public bool Met { get; set; }

    /// <summary>A step sets it up.</summary>
    public bool Raised { get; set; }

    /// <summary>Whether it filters VLANs in the end (bridges), once known.</summary>
    public bool? Filters { get; set; }

    public string? Policy => Spec?.Policy;

    public string Kind => Type.ToText();

    public bool IsPresent => Fate != Fate.Remove;

    public bool IsNew => Fate is Fate.Create or Fate.Recreate;

    public bool GoesAway => Fate is Fate.Remove or Fate.Recreate;

    /// <summary>Created again as what it was, so that fields nobody named stay.</summary>
    public bool KeepsType => Fate == Fate.Recreate && Observed!.Type == Type;

    /// <summary>What it sits on in the end, or (one that goes) sat on.</summary>
    public string? BaseLink => Fate switch
    {
        Fate.Create or Fate.Recreate => Fields.BaseLink,
        _ => Observed?.BaseLink,
    };

    /// <summary>What the document says about a field.</summary>
    public FieldValue? Wanted(Field field) => Spec?.Fields[field];
}
