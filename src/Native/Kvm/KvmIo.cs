namespace NodeAgent.Native.Kvm;

/// <summary>A guest's access to a port: struct io of kvm_run.</summary>
/// <param name="IsOut">It wrote.</param>
/// <param name="Size">1, 2 or 4 bytes.</param>
/// <param name="Port">Which.</param>
/// <param name="Data">What it wrote, where it is shorter with other bytes above it.</param>
public readonly record struct KvmIo(bool IsOut, byte Size, ushort Port, uint Data);
