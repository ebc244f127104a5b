using System.Buffers;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Qmp.Queries;

/// <summary>The last measurement of the dirty rate, by anyone.</summary>
internal sealed class DirtyRateQuery() : QmpQuery("query-dirty-rate")
{
    public DirtyRateReply Reply { get; private set; }

    protected override void Read(in ReadOnlySequence<byte> answer, TimeSpan at, IFieldProblems problems) => Reply = DirtyRateReply.Read(answer, "", problems);
}
