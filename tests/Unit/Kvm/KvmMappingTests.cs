using NodeAgent.Api.Mapping;
using NodeAgent.Cli.Kvm;
using Xunit;

namespace NodeAgent.Tests.Unit.Kvm;

public sealed class KvmMappingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_report_comes_back_from_its_message_as_it_was(bool usable)
    {
        var report = usable ? SampleKvm.Usable : SampleKvm.Missing;
        var message = KvmMapping.ToWire(report);
        var back = KvmMapping.FromWire(NodeAgent.Api.V1.KvmReport.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(message)));
        Assert.Equal(message, KvmMapping.ToWire(back));
        Assert.Equal(KvmJson.Of(report).ToJsonString(), KvmJson.Of(back).ToJsonString());
    }

    [Fact]
    public void A_word_of_a_later_agent_is_not_known_and_no_error()
    {
        var message = KvmMapping.ToWire(SampleKvm.Missing);
        message.State = "struck by lightning";
        message.Device.State = message.Probe.Outcome = message.Cpu.Firmware = message.Cpu.Virtualization = "?";
        Assert.Equal(SampleKvm.Missing.Sentence, KvmMapping.FromWire(message).Sentence);
    }
}
