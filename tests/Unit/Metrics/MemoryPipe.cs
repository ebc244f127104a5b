using System.IO.Pipelines;
using System.Text;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>A pipe writer into memory that is used again and again; flushing keeps nothing unless asked to.</summary>
internal sealed class MemoryPipe(bool keep) : PipeWriter
{
    private readonly byte[] _block = new byte[4096];
    private readonly MemoryStream _kept = new();
    private byte[]? _large;
    private int _flushes;

    public string Text => Encoding.UTF8.GetString(_kept.ToArray());

    public int Flushes => _flushes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => sizeHint <= _block.Length ? _block : _large ??= new byte[1 << 16];

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (keep) _kept.Write(_large ?? _block, 0, bytes);
        _large = null;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        _flushes++;
        return new ValueTask<FlushResult>(new FlushResult());
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }
}
