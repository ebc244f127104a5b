namespace NodeAgent.Config;

/// <summary>The configuration in force: read without locks, replaced as a whole when the file is read again and is right.</summary>
/// <param name="initial">What the agent starts with.</param>
/// <param name="read">Reads the file again and weighs it with environment and flags.</param>
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

    /// <summary>Every reload, right or wrong, after <see cref="Changed"/>; on the same thread.</summary>
    public event Action<ReloadResult>? Reloaded;

    /// <summary>Reads the file again. If anything in it is wrong, the old configuration stays.</summary>
    public ReloadResult Reload()
    {
        lock (_lock)
        {
            var found = read();
            var result = found.Errors.Count > 0 ? new ReloadResult { Errors = found.Errors } : Take(found.Configuration);
            _history = result.Succeeded
                ? _history with { Successes = _history.Successes + 1, LastSuccess = clock.GetUtcNow(), Error = null }
                : _history with { Failures = _history.Failures + 1, LastFailure = clock.GetUtcNow(), Error = result.Errors[0].ToString() };
            Reloaded?.Invoke(result);
            return result;
        }
    }

    private ReloadResult Take(AgentConfiguration found)
    {
        var old = _current;
        var next = StartValues.Keep(old, found);
        var changed = new List<string>();
        var atNextStart = new List<string>();
        foreach (var option in ConfigurationOptions.All)
        {
            if (option.Show(next) != option.Show(old)) changed.Add(option.Key);
            if (option.Show(next) != option.Show(found)) atNextStart.Add(option.Key);
        }

        _current = next;
        if (changed.Count > 0) Changed?.Invoke(old, next);
        return new ReloadResult { Changed = changed, AtNextStart = atNextStart };
    }
}
