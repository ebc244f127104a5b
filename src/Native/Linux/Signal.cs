using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>signal.h</summary>
public static unsafe partial class Signal
{
    /// <summary>A real-time signal that neither the C library (32, 33) nor the .NET runtime (34) uses for itself.</summary>
    public const int Kick = 41;

    /// <summary>How long a signal set is for the kernel; the C library's is longer.</summary>
    public const int KernelSetBytes = 8;

    private const int SIG_BLOCK = 0;

    /// <summary>Blocks a signal for the calling thread, for good: one that comes stays pending and goes with the thread.</summary>
    /// <returns>The signals that the thread blocked before, as the kernel has them: bit 0 is signal 1.</returns>
    public static ulong BlockForThread(int signal)
    {
        sigset_t set, former;
        set.Bits[0] = 1UL << (signal - 1);
        var errno = pthread_sigmask(SIG_BLOCK, &set, &former);
        // It takes only a wrong argument to fail.
        return errno == 0 ? former.Bits[0] : throw new InvalidOperationException($"pthread_sigmask: {Errno.Name(errno)}");
    }

    /// <summary>https://man7.org/linux/man-pages/man3/pthread_sigmask.3.html: returns the errno.</summary>
    [LibraryImport("libc")]
    private static partial int pthread_sigmask(int how, sigset_t* set, sigset_t* former);

    /// <summary>sigset_t: 1,024 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct sigset_t
    {
        internal fixed ulong Bits[16];
    }
}
