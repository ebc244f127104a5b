namespace NodeAgent.Config;

/// <summary>The form of a log line.</summary>
public enum LogFormat
{
    /// <summary>"auto": <see cref="Human"/>; under systemd with the journal's priority prefixes.</summary>
    Auto,

    /// <summary>"human": time, level, message.</summary>
    Human,

    /// <summary>"json": an object a line.</summary>
    Json,
}
