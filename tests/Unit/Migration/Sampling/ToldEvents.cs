using NodeAgent.Migration.Store;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>Keeps what the store told of.</summary>
internal sealed class ToldEvents : IMigrationObserver
{
    public List<MigrationEvent> Events { get; } = [];

    public List<MigrationRecord> Records { get; } = [];

    public IEnumerable<MigrationEventKind> Kinds => Events.Select(static e => e.Kind);

    public void Happened(in MigrationEvent happened, in MigrationStatus status) => Events.Add(happened);

    public void Ended(MigrationRecord record) => Records.Add(record);
}
