using Microsoft.Extensions.Logging;

namespace NodeAgent.Hosting;

/// <summary>What the daemon says of what it serves and to whom. Event ids 1300 to 1399.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1300, LogLevel.Information, "{Listener}: listening on {Place}")]
    public static partial void Listening(this ILogger log, string listener, string place);

    [LoggerMessage(1301, LogLevel.Error, "{Listener}: {Message}; the network is looked after all the same; next try in {Seconds:0} s")]
    public static partial void NotListening(this ILogger log, string listener, string message, double seconds);

    [LoggerMessage(1302, LogLevel.Information, "{Who} called {Method}{Note}: {Outcome} after {Milliseconds:0.0} ms")]
    public static partial void Called(this ILogger log, string who, string method, string note, string outcome, double milliseconds);

    [LoggerMessage(1303, LogLevel.Warning, "{Who} was refused {Method}: {Code}: {Message}")]
    public static partial void Refused(this ILogger log, string who, string method, Grpc.Core.StatusCode code, string message);

    [LoggerMessage(1304, LogLevel.Warning, "no TLS with {Address}: {Reason}{More}")]
    public static partial void HandshakeFailed(this ILogger log, string address, string reason, string more);

    [LoggerMessage(1305, LogLevel.Information, "certificates read again: {Subject}, valid until {Expires:u}")]
    public static partial void CertificatesRead(this ILogger log, string subject, DateTimeOffset expires);

    [LoggerMessage(1306, LogLevel.Error, "the certificates read before stay in force: {Cause}")]
    public static partial void CertificatesKept(this ILogger log, string cause);

    [LoggerMessage(1307, LogLevel.Error, "grpc.tcp.certificate: {File} expired at {Expires:u}: clients will not accept it")]
    public static partial void CertificateExpired(this ILogger log, string file, DateTimeOffset expires);
}
