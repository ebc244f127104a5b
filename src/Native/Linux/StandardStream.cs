using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>
/// Standard output or error, written to as it is. The runtime's own stream writes codes to a terminal before the first byte, which set its
/// keypad to other codes. What nobody reads any more (a pipe whose reader has gone) is dropped, as the runtime's does.
/// </summary>
public sealed unsafe partial class StandardStream : Stream
{
    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static StandardStream Output() => new(1);

    public static StandardStream Error() => new(2);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            for (var written = 0; written < buffer.Length;)
            {
                var count = write(_descriptor, start + written, (nuint)(buffer.Length - written));
                if (count >= 0)
                {
                    written += (int)count;
                    continue;
                }

                var errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.EPIPE) return;
                if (errno == Errno.EAGAIN) AwaitRoom();
                else if (errno != Errno.EINTR) throw new IOException($"{(_descriptor == 1 ? "standard output" : "standard error")}: {Errno.Name(errno)} ({Errno.Text(errno)})");
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // Whoever started the process may have left it so that it does not wait by itself.
    private void AwaitRoom()
    {
        var poll = new Poll.PollFd { fd = _descriptor, events = Poll.POLLOUT };
        _ = Poll.poll(&poll, 1, -1);
    }

    /// <summary>https://man7.org/linux/man-pages/man2/write.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int fd, void* buffer, nuint count);
}
