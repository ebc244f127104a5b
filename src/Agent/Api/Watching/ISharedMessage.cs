namespace NodeAgent.Api.Watching;

/// <summary>A message that may go to many streams as it is: its bytes are made once and written to each, which <see cref="SharedEncoding"/> does.</summary>
public interface ISharedMessage
{
    /// <summary>The message as it goes over the wire, in place of its fields, which are not set; null: the fields are, and each stream encodes them for itself.</summary>
    byte[]? Encoded { get; set; }
}
