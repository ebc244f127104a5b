using NodeAgent.Api.V1;
using Xunit;

namespace NodeAgent.Tests.Unit.Api.Migration;

/// <summary>A client of WatchMigrations that believes what it is told, and notes everything that breaks the contract.</summary>
internal sealed class MigrationFollower
{
    private long _lastSequence;
    private bool _whole = true;

    public long Epoch { get; private set; }

    public long Version { get; private set; }

    public int FullStates { get; private set; }

    public int Messages { get; private set; }

    public Dictionary<string, NodeAgent.Api.V1.Migration> Migrations { get; } = new(StringComparer.Ordinal);

    /// <summary>What it was told of each, in order.</summary>
    public Dictionary<string, List<MigrationEvent>> Events { get; } = new(StringComparer.Ordinal);

    /// <summary>A message as it is there once it came over the wire.</summary>
    public static WatchMigrationsResponse Received(WatchMigrationsResponse message) => message.Encoded is { } bytes ? WatchMigrationsResponse.Parser.ParseFrom(bytes) : message;

    public void Take(WatchMigrationsResponse message)
    {
        message = Received(message);
        Messages++;
        if (message.Heartbeat)
        {
            Assert.True(_whole, "a heartbeat came in the middle of a state");
            Version = message.Version;
            return;
        }

        if (message.FullState)
        {
            FullStates++;
            Migrations.Clear();
            Events.Clear();
            _lastSequence = 0;
        }
        else Assert.Equal(Epoch, message.Epoch);

        foreach (var migration in message.Changed) Migrations[migration.Id] = migration;
        foreach (var happened in message.Events) Take(happened);
        foreach (var id in message.Removed)
        {
            Migrations.Remove(id);
            Events.Remove(id);
        }

        _whole = !message.More;
        Epoch = message.Epoch;
        // Where it would go on after a break.
        if (_whole) Version = message.Version;
    }

    /// <summary>Its events, as words.</summary>
    public IEnumerable<string> Told(string id) => Events.GetValueOrDefault(id, []).Select(Word);

    /// <summary>An event as a word.</summary>
    private static string Word(MigrationEvent happened) => happened.EventCase switch
    {
        MigrationEvent.EventOneofCase.Started => "started",
        MigrationEvent.EventOneofCase.Phase => $"phase {happened.RawStatus}",
        MigrationEvent.EventOneofCase.Pass => $"pass {happened.Pass.Number}",
        MigrationEvent.EventOneofCase.Verdict => $"verdict {happened.Verdict}",
        MigrationEvent.EventOneofCase.Ended => $"ended {happened.Ended}",
        _ => "",
    };

    private void Take(MigrationEvent happened)
    {
        if (happened.Sequence > 0)
        {
            Assert.True(happened.Sequence > _lastSequence, $"event {happened.Sequence} came after {_lastSequence}");
            _lastSequence = happened.Sequence;
        }

        if (!Events.TryGetValue(happened.MigrationId, out var list)) Events[happened.MigrationId] = list = [];
        list.Add(happened);
    }
}
