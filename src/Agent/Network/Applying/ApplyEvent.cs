namespace NodeAgent.Network.Applying;

/// <summary>Progress of a transaction.</summary>
/// <param name="Stage">Where it is.</param>
/// <param name="Text">One line for a person.</param>
/// <param name="Done">Steps done so far, in the Apply stage.</param>
/// <param name="Total">Steps of the plan.</param>
public readonly record struct ApplyEvent(ApplyStage Stage, string Text, int Done = 0, int Total = 0);
