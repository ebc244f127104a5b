namespace NodeAgent.Config;

/// <summary>The configuration in force: read without locks, replaced as a whole when the file is read again and is right.</summary>
/// <param name="initial">What the agent starts with.</param>
/// <param name="read">Reads the file again and weighs it with flags and environment.</param>
/// <param name="clock">Dates the results.</param>
public sealed class ConfigurationStore(AgentConfiguration initial, Func<ConfigurationResult> read, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private volatile AgentConfiguration _current = initial;
    private volatile ReloadHistory _history = new() { Successes = 1, LastSuccess = clock.GetUtcNow() };

    public AgentConfiguration Current => _current;

    public ReloadHistory History => _history;

    /// <summary>The old and the new configuration, on the thread that reloads, one reload at a time. What takes effect at the next start keeps its old value in the new one.</summary>
    public event Action<AgentConfiguration, AgentConfiguration>? Changed;

    /// <summary>Reads the file again. If anything in it is wrong, the old configuration stays.</summary>
    public ReloadResult Reload()
    {
        lock (_lock)
        {
            var result = read();
            if (result.Errors.Count > 0)
            {
                _history = _history with { Failures = _history.Failures + 1, LastFailure = clock.GetUtcNow() };
                return new ReloadResult { Errors = result.Errors };
            }

            var old = _current;
            _current = result.Configuration;
            _history = _history with { Successes = _history.Successes + 1, LastSuccess = clock.GetUtcNow() };
            Changed?.Invoke(old, result.Configuration);
            return new ReloadResult();
        }
    }
}
