using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm;

/// <summary>The last check of KVM. Set by the monitor, read by everybody without a lock.</summary>
public sealed class KvmBoard
{
    private volatile KvmReport? _current;

    /// <summary>A check ended; on the thread that made it. It must return at once and may not throw.</summary>
    public event Action<KvmReport>? Checked;

    /// <summary>Null before the first.</summary>
    public KvmReport? Current => _current;

    public void Set(KvmReport report)
    {
        _current = report;
        Checked?.Invoke(report);
    }
}
