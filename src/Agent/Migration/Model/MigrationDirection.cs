namespace NodeAgent.Migration.Model;

/// <summary>From or to this node, as seen from one guest's process.</summary>
public enum MigrationDirection
{
    Outgoing,

    Incoming,
}
