using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace NodeAgent.Bench.Micro;

/// <summary>Nanoseconds and bytes of the smallest parts: for whoever works on them, without a ceiling.</summary>
internal static class MicroBenchmarks
{
    public static int Run(string[] arguments)
    {
        // In this process: a project that BenchmarkDotNet makes would not find its packages' versions.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromTypes([typeof(CodecBenchmarks)]).Run(arguments.Length > 0 ? arguments : ["--filter", "*"], config);
        return 0;
    }
}
