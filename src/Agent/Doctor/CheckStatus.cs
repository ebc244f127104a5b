namespace NodeAgent.Doctor;

/// <summary>What came of a check.</summary>
public enum CheckStatus
{
    /// <summary>As wanted.</summary>
    Ok,

    /// <summary>VMs run, with less safety or speed than they should have.</summary>
    Warn,

    /// <summary>The host is not fit for VMs because of it.</summary>
    Fail,

    /// <summary>It could not be found out: what was found says why.</summary>
    Unknown,

    /// <summary>This host does not have it and does not need it, or its configuration says that it does not count.</summary>
    Absent,
}
