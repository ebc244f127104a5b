using System.Buffers;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Qmp.Queries;

/// <summary>Whether the guest runs with KVM.</summary>
internal sealed class KvmQuery() : QmpQuery("query-kvm")
{
    public bool Enabled { get; private set; }

    protected override void Read(in ReadOnlySequence<byte> answer, TimeSpan at, IFieldProblems problems)
    {
        Enabled = false;
        var fields = new QmpFields(answer, "", problems);
        if (!fields.Enter()) return;
        while (fields.Next())
        {
            if (fields.Is("enabled"u8)) Enabled = fields.Truth() is true;
            else fields.Skip();
        }
    }
}
