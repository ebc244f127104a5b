using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NodeAgent.Tests.Support;

/// <summary>A tap in the calling thread's network namespace, as a virtual machine monitor holds one: what is sent into it comes from the guest.</summary>
public sealed partial class Tap : IDisposable
{
    private const string Device = "/dev/net/tun";

    // linux/if_tun.h
    private const nuint TUNSETIFF = 0x400454ca;
    private const short IFF_TAP = 2;
    private const short IFF_NO_PI = 0x1000;

    private readonly FileStream _file;

    public Tap(string name)
    {
        Name = name;
        _file = new FileStream(new SafeFileHandle(open(Device, 2), ownsHandle: true), FileAccess.ReadWrite, 0);
        var request = new byte[40];
        Encoding.ASCII.GetBytes(name, request);
        BitConverter.TryWriteBytes(request.AsSpan(16), (short)(IFF_TAP | IFF_NO_PI));
        if (ioctl(_file.SafeFileHandle, TUNSETIFF, request) < 0) throw new IOException($"TUNSETIFF {name}: errno {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>Null if taps can be made here, else why not: the reason for a skip.</summary>
    public static string? WhyNot
    {
        get
        {
            using var file = new SafeFileHandle(open(Device, 2), ownsHandle: true);
            return file.IsInvalid ? $"{Device} cannot be opened: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}" : null;
        }
    }

    public string Name { get; }

    /// <summary>A broadcast of 60 bytes, of an experimental EtherType, from this address.</summary>
    public void Send(string mac)
    {
        var frame = new byte[60];
        frame.AsSpan(0, 6).Fill(0xff);
        Convert.FromHexString(mac.Replace(":", "", StringComparison.Ordinal)).CopyTo(frame, 6);
        (frame[12], frame[13]) = (0x88, 0xb5);
        _file.Write(frame);
        _file.Flush();
    }

    /// <summary>The tap goes with its holder.</summary>
    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle file, nuint request, byte[] argument);
}
