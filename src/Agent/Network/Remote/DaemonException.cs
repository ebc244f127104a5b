namespace NodeAgent.Network.Remote;

/// <summary>The agent could not be asked, or would not answer: what was asked of which agent, and why it came to nothing.</summary>
public sealed class DaemonException(string message, Exception? cause = null) : Exception(message, cause)
{
    private const string LocalWorks = "; --local works without";

    /// <summary>The message for a command that an agent alone can do.</summary>
    public string MessageWithoutLocal => Message.IndexOf(LocalWorks, StringComparison.Ordinal) is >= 0 and var end ? Message[..end] : Message;
}
