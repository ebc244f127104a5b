using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;
using Xunit;

namespace NodeAgent.Tests.Unit.Native;

public sealed class FileDescriptorTests
{
    [Fact]
    public void A_call_that_failed_gives_an_invalid_one_and_the_reason()
    {
        using var file = Fcntl.open("/nowhere/at/all", Fcntl.O_RDONLY);
        Assert.True(file.IsInvalid);
        Assert.Equal(Errno.ENOENT, Marshal.GetLastPInvokeError());
    }

    [Fact]
    public void A_socket_cannot_be_opened_and_says_so()
    {
        var path = Path.Combine(Path.GetTempPath(), $"nodeagent-{Guid.NewGuid():N}.sock");
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        using var file = Fcntl.open(path, Fcntl.O_RDONLY);
        Assert.Equal((true, Errno.ENXIO), (file.IsInvalid, Marshal.GetLastPInvokeError()));
    }
}
