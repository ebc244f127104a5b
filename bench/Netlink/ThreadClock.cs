using System.Runtime.InteropServices;

namespace NodeAgent.Bench.Netlink;

/// <summary>Processor time of the calling thread, kernel included: what a thing costs, however busy the machine is.</summary>
internal static unsafe partial class ThreadClock
{
    private const int CLOCK_THREAD_CPUTIME_ID = 3;

    internal static TimeSpan Now
    {
        get
        {
            var time = stackalloc long[2];
            return clock_gettime(CLOCK_THREAD_CPUTIME_ID, time) == 0
                ? TimeSpan.FromSeconds(time[0]) + TimeSpan.FromTicks(time[1] / TimeSpan.NanosecondsPerTick)
                : throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
        }
    }

    /// <summary>https://man7.org/linux/man-pages/man3/clock_gettime.3.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    private static partial int clock_gettime(int clock, long* time);
}
