namespace NodeAgent.Systemd;

/// <summary>A part of the daemon that can be asked whether it is alive.</summary>
public interface IHeartbeat
{
    /// <summary>Null where it answered within the time, else a sentence: what did not answer, and for how long.</summary>
    Task<string?> Problem(TimeSpan within, CancellationToken cancellation);
}
