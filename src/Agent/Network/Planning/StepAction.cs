namespace NodeAgent.Network.Planning;

/// <summary>What a step does to its object.</summary>
public enum StepAction
{
    Create,
    Modify,
    Remove,
}
