using NodeAgent.Native.Netlink;
using Xunit;

namespace NodeAgent.Tests.Unit.Native;

public sealed class AcknowledgementTests
{
    /// <summary>The header of the request, as every acknowledgement repeats it: 32 bytes long, type 16.</summary>
    private const string Request = "20000000" + "10000500" + "01000000" + "00000000";

    private static Acknowledgement Decode(MessageFlags flags, string hex, ushort type = MessageHeader.Error) =>
        Acknowledgement.Decode(new MessageHeader { Type = type, Flags = flags }, Convert.FromHexString(hex));

    [Fact]
    public void Zero_is_success() => Assert.Equal(default, Decode(MessageFlags.Capped, "00000000" + Request));

    [Fact]
    public void The_kernels_text_and_offset_are_read()
    {
        var answer = Decode(MessageFlags.Capped | MessageFlags.AckAttributes, "EAFFFFFF" + Request + "0B000100" + "6261642069640000" + "08000200" + "18000000");
        Assert.Equal(22, answer.Errno);
        Assert.Equal("bad id", answer.Message);
        Assert.Equal(24, answer.Offset);
    }

    [Fact]
    public void Without_capping_the_attributes_come_after_the_whole_request()
    {
        var body = new string('F', 32);
        var answer = Decode(MessageFlags.AckAttributes, "EFFFFFFF" + Request + body + "08000100" + "6E6F2100");
        Assert.Equal(17, answer.Errno);
        Assert.Equal("no!", answer.Message);
    }

    [Fact]
    public void A_missing_attribute_is_named_with_its_container()
    {
        var answer = Decode(MessageFlags.Capped | MessageFlags.AckAttributes, "EAFFFFFF" + Request + "08000500" + "03000000" + "08000600" + "20000000");
        Assert.Equal(3, answer.MissingType);
        Assert.Equal(32, answer.Offset);
        Assert.Contains("attribute 3 is missing", answer.ToException("create link", "v20").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_attribute_at_fault_is_read_from_the_request()
    {
        var answer = Decode(MessageFlags.Capped | MessageFlags.AckAttributes, "EAFFFFFF" + Request + "08000200" + "14000000");
        var request = Convert.FromHexString(Request + "00000000" + "08001280" + "00000000");
        var error = answer.ToException("create link", "v20", request);
        Assert.Equal("create link v20: EINVAL (Invalid argument); attribute 18 is at fault (at byte 20 of the message)", error.Message);
    }

    [Fact]
    public void A_dump_may_end_with_an_error_with_a_status_or_without()
    {
        Assert.Equal(95, Decode(MessageFlags.Multi, "A1FFFFFF", MessageHeader.Done).Errno);
        Assert.Equal(0, Decode(MessageFlags.Multi, "00000000", MessageHeader.Done).Errno);
        Assert.Equal(0, Decode(MessageFlags.Multi, "", MessageHeader.Done).Errno);
        Assert.Equal("x", Decode(MessageFlags.Multi | MessageFlags.AckAttributes, "A1FFFFFF" + "06000100" + "78000000", MessageHeader.Done).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EAFF")]
    public void One_without_a_status_is_malformed(string hex) => Assert.Throws<NetlinkException>(() => Decode(MessageFlags.Capped, hex));

    [Fact]
    public void One_whose_request_is_cut_off_is_malformed_or_has_no_attributes()
    {
        Assert.Throws<NetlinkException>(() => Decode(MessageFlags.AckAttributes, "EAFFFFFF" + "2000"));
        // A request said to reach beyond the message leaves no room for attributes.
        Assert.Null(Decode(MessageFlags.AckAttributes, "EAFFFFFF" + "FFFFFFFF" + "10000500" + "01000000" + "00000000").Message);
    }

    [Fact]
    public void The_smallest_status_there_is_is_an_error_and_not_an_overflow() =>
        Assert.Equal(int.MaxValue, Decode(MessageFlags.Capped, "00000080" + Request).Errno);
}
