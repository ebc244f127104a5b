namespace NodeAgent.Api.Watching;

/// <summary>A message that goes to many streams as it is: its bytes are made once and written to each. <see cref="SharedEncoding"/> does the writing.</summary>
public interface ISharedMessage
{
    /// <summary>The message as it goes over the wire, of a message that does not change any more; null: each stream encodes it for itself.</summary>
    byte[]? Encoded { get; set; }
}
