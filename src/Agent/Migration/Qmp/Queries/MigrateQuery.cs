using System.Buffers;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Qmp.Queries;

/// <summary>How the migration stands.</summary>
internal sealed class MigrateQuery() : QmpQuery("query-migrate")
{
    public MigrationSample Sample { get; private set; }

    protected override void Read(in ReadOnlySequence<byte> answer, TimeSpan at, IFieldProblems problems) => Sample = MigrateReply.Read(answer, at, "", problems);
}
