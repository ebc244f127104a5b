namespace NodeAgent.Network.Model;

/// <summary>One of the values of a <see cref="FieldType.Choice"/> field: nmstate's name and the kernel's number.</summary>
public readonly record struct Choice(string Name, long Number);
