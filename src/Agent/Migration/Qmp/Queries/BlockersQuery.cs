using System.Buffers;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Qmp.Queries;

/// <summary>Why QEMU would refuse to migrate the guest (blocked-reasons of query-migrate, QEMU 6.0).</summary>
internal sealed class BlockersQuery() : QmpQuery("query-migrate")
{
    private const int Most = 32;

    public IReadOnlyList<string> Reasons { get; private set; } = [];

    protected override void Read(in ReadOnlySequence<byte> answer, TimeSpan at, IFieldProblems problems)
    {
        List<string> reasons = [];
        var fields = new QmpFields(answer, "", problems);
        if (!fields.Enter()) return;
        while (fields.Next())
        {
            if (!fields.Is("blocked-reasons"u8)) fields.Skip();
            else if (fields.EnterList())
            {
                while (fields.NextText() is { } reason)
                {
                    if (reasons.Count < Most) reasons.Add(reason);
                }
            }
        }

        Reasons = reasons;
    }
}
