using NodeAgent.Migration.Libvirt.Wire;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>libvirt refused a call; the connection goes on.</summary>
internal sealed class LibvirtErrorException(RemoteError error) : Exception(error.Message)
{
    public RemoteError Error { get; } = error;
}
