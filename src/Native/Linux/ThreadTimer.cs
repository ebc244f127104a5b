using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>
/// Sends <see cref="Signal.Kick"/> to the thread that made it after a given time, by a timer of the kernel: no other thread has to be awake for it.
/// The thread blocks the signal from here on, so that it stays pending; what the thread waits in must let it through (<see cref="Kvm.KvmVcpu.SetSignalMask"/>).
/// Make it on a thread that ends with its work.
/// </summary>
public sealed unsafe class ThreadTimer : IDisposable
{
    private readonly nint _timer;
    private bool _disposed;

    /// <exception cref="InvalidOperationException">The kernel gives no timer.</exception>
    public ThreadTimer(TimeSpan after)
    {
        BlockedBefore = Signal.BlockForThread(Signal.Kick);
        var notification = new Time.SigEvent { sigev_signo = Signal.Kick, sigev_notify = Time.SIGEV_THREAD_ID, sigev_notify_thread_id = Time.gettid() };
        nint timer;
        if (Time.timer_create(Time.CLOCK_MONOTONIC, &notification, &timer) != 0) throw Failed("timer_create");
        _timer = timer;
        var value = new Time.TimerSpec
        {
            it_value = { tv_sec = (nint)(after.Ticks / TimeSpan.TicksPerSecond), tv_nsec = (nint)(after.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick) },
        };
        if (Time.timer_settime(_timer, 0, &value, null) == 0) return;
        var failure = Failed("timer_settime");
        Dispose();
        throw failure;
    }

    /// <summary>The signals that the thread blocked before, bit 0 for signal 1.</summary>
    public ulong BlockedBefore { get; }

    /// <summary>The time has passed and the signal was sent.</summary>
    public bool HasExpired
    {
        get
        {
            Time.TimerSpec left;
            return Time.timer_gettime(_timer, &left) == 0 && left.it_value is { tv_sec: 0, tv_nsec: 0 };
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _ = Time.timer_delete(_timer);
    }

    private static InvalidOperationException Failed(string what) => new($"{what}: {Errno.Name(Marshal.GetLastPInvokeError())}");
}
