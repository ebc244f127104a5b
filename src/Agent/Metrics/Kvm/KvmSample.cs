using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Kvm;

/// <summary>One value with its labels.</summary>
internal readonly record struct KvmSample(LabelSet Labels, double Value)
{
    public KvmSample(double value)
        : this(LabelSet.None, value)
    {
    }
}
