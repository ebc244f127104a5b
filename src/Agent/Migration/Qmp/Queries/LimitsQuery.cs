using System.Buffers;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Qmp.Queries;

/// <summary>What a migration is allowed: its parameters, or its capabilities.</summary>
internal sealed class LimitsQuery(bool capabilities) : QmpQuery(capabilities ? "query-migrate-capabilities" : "query-migrate-parameters")
{
    private MigrationLimits _limits;

    /// <summary>With what was known before, changed by each answer.</summary>
    public MigrationLimits Limits
    {
        get => _limits;
        set => _limits = value;
    }

    protected override void Read(in ReadOnlySequence<byte> answer, TimeSpan at, IFieldProblems problems)
    {
        if (capabilities) _limits.ReadCapabilities(answer, "", problems);
        else _limits.ReadParameters(answer, "", problems);
    }
}
