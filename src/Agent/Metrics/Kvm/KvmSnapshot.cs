using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Kvm;

/// <summary>The samples of one check.</summary>
/// <param name="families">By family, in the order of <see cref="KvmFamilies.All"/>; empty before the first check.</param>
internal sealed class KvmSnapshot(KvmSample[][] families) : IMetricSnapshot
{
    public int Count(int family) => families.Length == 0 ? 0 : families[family].Length;

    public void Write(int family, int index, MetricSink sink)
    {
        ref readonly var sample = ref families[family][index];
        // Whole numbers as such.
        if (sample.Value == Math.Truncate(sample.Value)) sink.Value(sample.Labels, (long)sample.Value);
        else sink.Value(sample.Labels, sample.Value);
    }

    public void Dispose()
    {
    }
}
