using Microsoft.Extensions.Logging;

namespace NodeAgent.Tests.Unit.Logging;

internal static partial class TestMessages
{
    [LoggerMessage(1, LogLevel.Warning, "{Link}: mtu was {Mtu}")]
    public static partial void Drifted(ILogger log, string link, int mtu);
}
