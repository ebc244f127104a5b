using System.Globalization;
using System.Text;

namespace NodeAgent.Native.Netlink;

/// <summary>A kernel's refusal, or a message that cannot be understood: what was being done, to which object, and why it failed.</summary>
public sealed class NetlinkException : Exception
{
    public NetlinkException(string operation, string @object, int errno, string? kernelMessage = null, int? offset = null, string? detail = null)
        : base(Describe(operation, @object, errno, kernelMessage, offset, detail))
    {
        Operation = operation;
        Object = @object;
        Errno = errno;
        KernelMessage = kernelMessage;
        Offset = offset;
        Detail = detail;
    }

    /// <summary>What was being done: "create link".</summary>
    public string Operation { get; }

    /// <summary>To what: "bond0".</summary>
    public string Object { get; }

    /// <summary>The positive error number, see <see cref="Linux.Errno"/>.</summary>
    public int Errno { get; }

    /// <summary>"EBUSY"</summary>
    public string ErrnoName => Linux.Errno.Name(Errno);

    /// <summary>The kernel's own sentence (NLMSGERR_ATTR_MSG), if it gave one.</summary>
    public string? KernelMessage { get; }

    /// <summary>Offset of the attribute at fault: in the request for a refusal (NLMSGERR_ATTR_OFFS), in the received message for a malformed one.</summary>
    public int? Offset { get; }

    /// <summary>What this program knows beyond the kernel's words: the attribute at fault, the expected length.</summary>
    public string? Detail { get; }

    /// <summary>
    /// True if what was read is incomplete or of no single moment (dump interrupted, receive buffer overflowed):
    /// list again, do not trust the result.
    /// </summary>
    public bool NeedsRelist { get; private init; }

    internal static NetlinkException Malformed(int offset, string detail) =>
        new("decode", "netlink message", Linux.Errno.EBADMSG, offset: offset, detail: detail);

    internal static NetlinkException Relist(string operation, string @object, int errno, string detail) =>
        new(operation, @object, errno, detail: detail) { NeedsRelist = true };

    private static string Describe(string operation, string @object, int errno, string? kernelMessage, int? offset, string? detail)
    {
        var text = new StringBuilder(operation);
        if (@object.Length > 0)
            text.Append(' ').Append(@object);
        text.Append(": ").Append(Linux.Errno.Name(errno)).Append(" (").Append(Linux.Errno.Text(errno)).Append(')');
        if (!string.IsNullOrEmpty(kernelMessage))
            text.Append("; kernel: ").Append(kernelMessage);
        if (!string.IsNullOrEmpty(detail))
            text.Append("; ").Append(detail);
        if (offset is { } at)
            text.Append(CultureInfo.InvariantCulture, $" (at byte {at} of the message)");
        return text.ToString();
    }
}
