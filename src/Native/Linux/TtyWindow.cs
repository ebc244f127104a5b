using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>asm/termios.h: how large the window of a terminal is.</summary>
public static unsafe partial class TtyWindow
{
    private const nuint TIOCGWINSZ = 0x5413;

    /// <summary>Of the terminal behind standard output; null where there is none, or it does not know, as serial lines do not.</summary>
    public static (int Columns, int Rows)? OfOutput()
    {
        struct_winsize size;
        return ioctl(1, TIOCGWINSZ, &size) == 0 && size is { ws_col: > 0, ws_row: > 0 } ? (size.ws_col, size.ws_row) : null;
    }

    /// <summary>https://man7.org/linux/man-pages/man2/TIOCGWINSZ.2const.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int fd, nuint request, void* argument);

    [StructLayout(LayoutKind.Sequential)]
    private struct struct_winsize
    {
        internal ushort ws_row;
        internal ushort ws_col;
        internal ushort ws_xpixel;
        internal ushort ws_ypixel;
    }
}
