namespace NodeAgent.Migration.Sources;

/// <summary>A source gave no answer. The message is a sentence for an operator: what was asked of whom, what was found.</summary>
public sealed class GuestSourceException(GuestSourceFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public GuestSourceFault Fault { get; } = fault;
}
