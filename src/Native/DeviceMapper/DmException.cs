namespace NodeAgent.Native.DeviceMapper;

/// <summary>Device-mapper could not be asked, or its answer makes no sense.</summary>
public sealed class DmException : Exception
{
    /// <param name="operation">What was being done: "list the devices".</param>
    /// <param name="errno">The error number.</param>
    public DmException(string operation, int errno)
        : base($"device-mapper: cannot {operation}: {Linux.Errno.Name(errno)} ({Linux.Errno.Text(errno)})") => Errno = errno;

    /// <param name="operation">What was being done.</param>
    /// <param name="problem">What is wrong with the answer.</param>
    /// <param name="offset">Where, in bytes.</param>
    public DmException(string operation, string problem, long offset)
        : base($"device-mapper: cannot {operation}: the kernel's answer has {problem} at byte {offset}") => Errno = Linux.Errno.EBADMSG;

    public int Errno { get; }
}
