namespace NodeAgent.Hosting.Access;

/// <summary>In the features of every call: what its service says it is about, for the audit log.</summary>
public interface ICallNote
{
    /// <summary>The objects a change is about: "policy layout-a", "links br0, br1". A line without line breaks.</summary>
    string? Note { get; set; }
}
