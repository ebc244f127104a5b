using NodeAgent.Migration.Libvirt.Wire;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>Reads the payload of a reply.</summary>
internal delegate T ReplyReader<out T>(ref XdrReader reader);
