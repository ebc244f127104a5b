namespace NodeAgent.Hosting.Access;

/// <summary>What a caller of the API may do. Each role may do what the ones before it may.</summary>
public enum Role
{
    None,

    /// <summary>"read": get, list, watch, plan.</summary>
    Read,

    /// <summary>"operate": everything.</summary>
    Operate,
}
