using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>The migrations that the messages of a watch add up to, and what each message tells that was not told before, also over restarts of the agent.</summary>
internal sealed class MigrationReplica
{
    private readonly Dictionary<string, Api.V1.Migration> _migrations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<(MigrationEvent.EventOneofCase Kind, long Milliseconds, long Which, string Status)>> _told = new(StringComparer.Ordinal);
    private List<MigrationEvent> _events = [];
    private Dictionary<string, Api.V1.Migration> _changed = new(StringComparer.Ordinal);

    /// <summary>Of the last message that completed a state; 0: there was none.</summary>
    public long Epoch { get; private set; }

    /// <summary>Of the last message that completed a state; 0: there was none.</summary>
    public long Version { get; private set; }

    /// <summary>The node's clock at the last message.</summary>
    public DateTimeOffset? Time { get; private set; }

    public bool Started => Epoch != 0;

    public IReadOnlyCollection<Api.V1.Migration> Migrations => _migrations.Values;

    public Api.V1.Migration? Find(string id) => _migrations.GetValueOrDefault(id);

    /// <summary>What this message, and those before it that it completes, told; null: more is to come, or nothing was.</summary>
    public MigrationNews? Take(WatchMigrationsResponse message)
    {
        if (message.Time is { } time) Time = time.ToDateTimeOffset();
        if (message.Heartbeat) return null;
        if (message.FullState && _changed.Count == 0 && _events.Count == 0) _migrations.Clear();
        foreach (var id in message.Removed) Forget(id);
        foreach (var migration in message.Changed) _migrations[migration.Id] = _changed[migration.Id] = migration;
        foreach (var one in message.Events)
        {
            if (IsNew(one)) _events.Add(one);
        }

        if (message.More) return null;
        var news = new MigrationNews(!Started, _events, [.. _changed.Values]);
        (Epoch, Version, _events, _changed) = (message.Epoch, message.Version, [], new(StringComparer.Ordinal));
        foreach (var id in _told.Keys.Where(id => !_migrations.ContainsKey(id)).ToList()) _told.Remove(id);
        return news;
    }

    private void Forget(string id)
    {
        _migrations.Remove(id);
        _changed.Remove(id);
    }

    // An agent that was restarted tells what it remembers once more, with other sequence numbers.
    private bool IsNew(MigrationEvent one)
    {
        if (!_told.TryGetValue(one.MigrationId, out var told)) _told[one.MigrationId] = told = [];
        long which = one.EventCase switch
        {
            MigrationEvent.EventOneofCase.Pass => one.Pass.Number,
            MigrationEvent.EventOneofCase.Verdict => (long)one.Verdict,
            MigrationEvent.EventOneofCase.Phase => (long)one.Phase,
            _ => 0,
        };

        // Of these there is one, whenever it was learned.
        var once = one.EventCase is MigrationEvent.EventOneofCase.Pass or MigrationEvent.EventOneofCase.Started or MigrationEvent.EventOneofCase.Ended;
        return told.Add((one.EventCase, once || one.Time is null ? 0 : one.Time.ToDateTimeOffset().ToUnixTimeMilliseconds(), which, one.RawStatus));
    }
}
