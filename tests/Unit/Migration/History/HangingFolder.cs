using NodeAgent.Migration.History;

namespace NodeAgent.Tests.Unit.Migration.History;

/// <summary>A disk that does not come back from a write until it is let go.</summary>
internal sealed class HangingFolder(string folder) : HistoryFolder(folder), IDisposable
{
    private readonly object _gate = new();
    private bool _hangs;
    private bool _isHanging;

    public bool Hangs
    {
        set
        {
            lock (_gate)
            {
                _hangs = value;
                Monitor.PulseAll(_gate);
            }
        }
    }

    public bool IsHanging
    {
        get
        {
            lock (_gate) return _isHanging;
        }
    }

    public override bool Append(string name, long at, ReadOnlySpan<byte> bytes)
    {
        Hang();
        return base.Append(name, at, bytes);
    }

    public override void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        Hang();
        base.Replace(name, bytes);
    }

    public void Dispose() => Hangs = false;

    private void Hang()
    {
        lock (_gate)
        {
            _isHanging = _hangs;
            while (_hangs) Monitor.Wait(_gate);
            _isHanging = false;
        }
    }
}
