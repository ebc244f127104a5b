using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NodeAgent.Bench.Storage;

/// <summary>Sends a map's target a message, as `dmsetup message` does, without starting a program: DM_TARGET_MSG of linux/dm-ioctl.h.</summary>
internal sealed partial class DmMessage : IDisposable
{
    private const nuint DM_TARGET_MSG = 0xc138fd0e;
    private const int HeadBytes = 312;
    private const int NameOffset = 48;

    private readonly SafeFileHandle _control = File.OpenHandle("/dev/mapper/control", access: FileAccess.ReadWrite);
    private readonly byte[] _name;

    public DmMessage(string map) => _name = Encoding.ASCII.GetBytes(map);

    /// <param name="message">"fail_path 8:16"</param>
    public unsafe void Send(string message)
    {
        var text = Encoding.ASCII.GetBytes(message + "\0");
        var buffer = new byte[HeadBytes + sizeof(ulong) + text.Length];
        BitConverter.TryWriteBytes(buffer.AsSpan(0), 4);
        BitConverter.TryWriteBytes(buffer.AsSpan(12), buffer.Length);
        BitConverter.TryWriteBytes(buffer.AsSpan(16), HeadBytes);
        _name.CopyTo(buffer, NameOffset);
        text.CopyTo(buffer, HeadBytes + sizeof(ulong));
        fixed (byte* start = buffer)
        {
            if (ioctl(_control, DM_TARGET_MSG, start) < 0)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"device-mapper refuses \"{message}\": error {Marshal.GetLastPInvokeError()}"));
        }
    }

    public void Dispose() => _control.Dispose();

    /// <summary>https://man7.org/linux/man-pages/man2/ioctl.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int ioctl(SafeFileHandle fd, nuint request, byte* argument);
}
