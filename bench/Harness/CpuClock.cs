using System.Globalization;
using System.Runtime.InteropServices;

namespace NodeAgent.Bench.Harness;

/// <summary>Time on a CPU: the one figure that others on the machine do not blur.</summary>
internal static partial class CpuClock
{
    private const int CLOCK_PROCESS_CPUTIME_ID = 2;
    private const int CLOCK_THREAD_CPUTIME_ID = 3;

    /// <summary>The calling thread's id, as /proc names it.</summary>
    public static int ThreadId => gettid();

    /// <summary>What the calling thread has used so far, kernel included.</summary>
    public static TimeSpan Now => Read(CLOCK_THREAD_CPUTIME_ID);

    /// <summary>What all threads of this process have used so far, kernel included.</summary>
    public static TimeSpan Process => Read(CLOCK_PROCESS_CPUTIME_ID);

    /// <summary>What another process has used so far, by all of its threads, those that ended too.</summary>
    // CPUCLOCK_SCHED of a process, as clock_getcpuclockid(3) makes it.
    public static TimeSpan OfProcess(int process) => Read((~process << 3) | 2);

    /// <summary>What a thread of this process has used so far, up to its last sleep.</summary>
    public static TimeSpan Of(int thread)
    {
        var nanoseconds = File.ReadAllText($"/proc/self/task/{thread}/schedstat").Split(' ')[0];
        return TimeSpan.FromTicks(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);
    }

    /// <summary>What the calling thread uses for an action; the garbage it makes is collected on it too.</summary>
    public static TimeSpan Time(Action action)
    {
        var start = Now;
        action();
        return Now - start;
    }

    private static TimeSpan Read(int clock) => clock_gettime(clock, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
        : throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc")]
    private static partial int gettid();

    /// <remarks>https://man7.org/linux/man-pages/man2/clock_gettime.2.html</remarks>
    [LibraryImport("libc", SetLastError = true)]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
