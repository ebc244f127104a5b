using NodeAgent.Native.Netlink;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Guests;

public sealed class ProcessEventTests
{
    // Of Linux 6.18: process 4711 runs another program.
    private const string Exec = "4c00000003000000000000000000000001000000010000002a000000000000002800000002000000010000004d0c2a3b4f000000671200006712000000000000000000000000000000000000";

    [Fact]
    public void A_program_that_begins_is_heard()
    {
        Assert.True(ProcessEvent.TryParse(Convert.FromHexString(Exec), out var heard));
        Assert.Equal((ProcessEventKind.Exec, 4711, 4711), (heard.Kind, heard.Thread, heard.Process));
    }

    [Fact]
    public void What_is_cut_short_or_of_another_connector_is_none()
    {
        var message = Convert.FromHexString(Exec);
        for (var length = 0; length < 60; length++) Assert.False(ProcessEvent.TryParse(message.AsSpan(0, length), out _));
        message[16] = 3;
        Assert.False(ProcessEvent.TryParse(message, out _));
    }
}
