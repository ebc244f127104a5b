using System.Buffers;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Qmp.Queries;

/// <summary>A command that returns nothing.</summary>
internal sealed class QmpOrder(string command, string arguments = "") : QmpQuery(command, arguments)
{
    protected override void Read(in ReadOnlySequence<byte> answer, TimeSpan at, IFieldProblems problems)
    {
        // Nothing to read.
    }
}
