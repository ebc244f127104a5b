namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>Bytes that are no libvirt RPC. The message says what was expected and what was found; the connection they came over is of no more use.</summary>
public sealed class LibvirtWireException(string message) : Exception(message);
