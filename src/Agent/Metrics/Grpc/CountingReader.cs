using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Grpc;

/// <summary>A request body that counts the messages taken from it.</summary>
internal sealed class CountingReader(PipeReader inner, Counter messages) : PipeReader
{
    private FrameCounter _frames = new(messages);
    private ReadOnlySequence<byte> _buffer;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        _buffer = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result)) return false;
        _buffer = result.Buffer;
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _frames.Count(_buffer.Slice(0, consumed));
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
}
