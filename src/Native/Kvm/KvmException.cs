using NodeAgent.Native.Linux;

namespace NodeAgent.Native.Kvm;

/// <summary>A request to KVM that failed.</summary>
public sealed class KvmException(string operation, int errno)
    : Exception($"{operation}: {Errno.Name(errno)} ({Errno.Text(errno)})")
{
    /// <summary>"KVM_CREATE_VM"</summary>
    public string Operation { get; } = operation;

    /// <summary>Of errno.h.</summary>
    public int ErrorCode { get; } = errno;
}
