using System.Text;

namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>An error as libvirt tells it (remote_error); what comes after its level is of no use here.</summary>
/// <param name="Code">virErrorNumber: one of the constants here, or any other.</param>
/// <param name="Message">In libvirt's words.</param>
public sealed record RemoteError(int Code, string Message)
{
    /// <summary>VIR_ERR_OPERATION_DENIED: not over a connection that only reads.</summary>
    public const int OperationDenied = 29;

    /// <summary>VIR_ERR_NO_DOMAIN</summary>
    public const int NoDomain = 42;

    /// <summary>VIR_ERR_OPERATION_INVALID: "domain is not running" to whoever asks for its job.</summary>
    public const int OperationInvalid = 55;

    /// <summary>VIR_ERR_OPERATION_UNSUPPORTED: "migration statistics are available only on the source host", says a destination.</summary>
    public const int OperationUnsupported = 84;

    /// <summary>Longer texts are cut.</summary>
    private const int MostBytes = 2000;

    public static RemoteError Read(ref XdrReader reader)
    {
        var code = ReadCode(ref reader);
        reader.ReadInt32();
        if (!reader.ReadPresence()) return new RemoteError(code, $"error {code}");
        var message = reader.ReadString();
        return new RemoteError(code, Encoding.UTF8.GetString(message[..Math.Min(message.Length, MostBytes)]));
    }

    /// <summary>The code alone, which needs no text.</summary>
    public static int ReadCode(ref XdrReader reader) => reader.ReadInt32();
}
