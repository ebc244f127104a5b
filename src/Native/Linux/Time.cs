using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>time.h: timers of the kernel.</summary>
internal static unsafe partial class Time
{
    internal const int CLOCK_MONOTONIC = 1;

    /// <summary>Notify by a signal to one thread, which sigev_notify_thread_id names.</summary>
    internal const int SIGEV_THREAD_ID = 4;

    /// <summary>struct sigevent: 64 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    internal struct SigEvent
    {
        [FieldOffset(8)]
        internal int sigev_signo;

        [FieldOffset(12)]
        internal int sigev_notify;

        [FieldOffset(16)]
        internal int sigev_notify_thread_id;
    }

    /// <summary>struct timespec</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        internal nint tv_sec;
        internal nint tv_nsec;
    }

    /// <summary>struct itimerspec</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TimerSpec
    {
        internal TimeSpec it_interval;
        internal TimeSpec it_value;
    }

    /// <summary>https://man7.org/linux/man-pages/man2/timer_create.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int timer_create(int clock, SigEvent* notification, nint* timer);

    /// <summary>https://man7.org/linux/man-pages/man2/timer_settime.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int timer_settime(nint timer, int flags, TimerSpec* value, TimerSpec* former);

    /// <summary>The same page; what is left is 0 where it has expired.</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int timer_gettime(nint timer, TimerSpec* value);

    /// <summary>https://man7.org/linux/man-pages/man2/timer_delete.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int timer_delete(nint timer);

    /// <summary>https://man7.org/linux/man-pages/man2/gettid.2.html</summary>
    [LibraryImport("libc")]
    internal static partial int gettid();
}
