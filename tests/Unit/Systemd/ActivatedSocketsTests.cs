using NodeAgent.Systemd;
using Xunit;

namespace NodeAgent.Tests.Unit.Systemd;

/// <summary>Which descriptors are whose; the descriptors themselves come from systemd in the virtual machine.</summary>
public sealed class ActivatedSocketsTests
{
    [Theory]
    [InlineData("7", "2", "grpc:metrics", "grpc metrics")]
    [InlineData("7", "2", "grpc", "grpc unknown")]
    [InlineData("7", "1", null, "unknown")]
    [InlineData("8", "2", "grpc:metrics", "")]
    [InlineData("7", "0", "", "")]
    [InlineData("7", "-1", "", "")]
    [InlineData("7", "x", "", "")]
    [InlineData(null, null, null, "")]
    public void Names_of_descriptors(string? process, string? count, string? names, string expected)
    {
        var environment = new Dictionary<string, string?> { ["LISTEN_PID"] = process, ["LISTEN_FDS"] = count, ["LISTEN_FDNAMES"] = names };
        Assert.Equal(expected, string.Join(' ', ActivatedSockets.Names(environment.GetValueOrDefault, 7)));
    }
}
