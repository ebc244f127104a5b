namespace NodeAgent.Network.Remote;

/// <summary>The agent could not be asked, or would not answer: what was asked of which agent, and why it came to nothing.</summary>
public sealed class DaemonException(string message, Exception? cause = null) : Exception(message, cause);
