using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sys/timex.h: what the kernel knows of its clock. It is read only, never set.</summary>
public static unsafe partial class Timex
{
    /// <summary>Nobody synchronizes the clock.</summary>
    public const int STA_UNSYNC = 0x40;

    /// <summary>Status bits and the largest error in microseconds; null where the call failed, which the last P/Invoke error explains.</summary>
    public static (int Status, long MaxErrorMicroseconds)? Read()
    {
        timex_buffer found = default;
        return adjtimex(&found) < 0 ? null : (found.status, found.maxerror);
    }

    /// <summary>https://man7.org/linux/man-pages/man2/adjtimex.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    private static partial int adjtimex(timex_buffer* buffer);

    /// <summary>struct timex of linux/timex.h on 64-bit architectures: 208 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 208)]
    private struct timex_buffer
    {
        [FieldOffset(24)]
        internal long maxerror;

        [FieldOffset(40)]
        internal int status;
    }
}
