namespace NodeAgent.Network.Applying;

/// <summary>A step the kernel refused, with its sentence: object, errno and the kernel's own text.</summary>
public sealed record StepFailure(int Step, string Message);
