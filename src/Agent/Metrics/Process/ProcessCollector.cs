using NodeAgent.Metrics.Instruments;
using NodeAgent.Metrics.Sampling;

namespace NodeAgent.Metrics.Process;

/// <summary>This process as /proc has it, under the names all Prometheus clients use.</summary>
internal sealed class ProcessCollector : ICollector
{
    private readonly string _self;
    private readonly double _bootTime;
    private readonly double _maxDescriptors;
    private ProcessSample? _sample;

    public ProcessCollector(string proc, MetricRegistry registry)
    {
        _self = Path.Combine(proc, "self");
        _bootTime = ProcFiles.BootTime(proc);
        _maxDescriptors = ProcFiles.MaxDescriptors(_self);
        Gauge("process_resident_memory_bytes", "Resident memory of the process.", static sample => sample.ResidentBytes);
        Gauge("process_virtual_memory_bytes", "Virtual memory of the process.", static sample => sample.VirtualBytes);
        Gauge("process_open_fds", "Open file descriptors.", static sample => sample.Descriptors);
        Gauge("process_threads", "Threads of the process.", static sample => sample.Threads);
        Gauge("process_start_time_seconds", "Start of the process, Unix time.", sample => _bootTime + sample.StartedAfterBoot);
        registry.Observe("process_max_fds", MetricType.Gauge, "Most file descriptors the process may open.", () => _maxDescriptors);
        registry.Observe("process_cpu_seconds_total", MetricType.Counter, "Processor time of the process, user and kernel.", () => _sample?.CpuSeconds ?? double.NaN);

        void Gauge(string name, string help, Func<ProcessSample, double> value) =>
            registry.Observe(name, MetricType.Gauge, help, () => _sample is { } sample ? value(sample) : double.NaN);
    }

    public string Name => "process";

    public void Collect() => _sample = ProcFiles.ReadSelf(_self);
}
