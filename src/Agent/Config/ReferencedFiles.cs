using NodeAgent.Hosting.Access;
using NodeAgent.Network.Spec;

namespace NodeAgent.Config;

/// <summary>What the configuration names outside itself: certificates, their key, a group.</summary>
internal static class ReferencedFiles
{
    /// <summary>Everything that is wrong with it on this machine.</summary>
    public static IEnumerable<SpecError> Errors(ConfigurationResult result)
    {
        var grpc = result.Configuration.Grpc;
        if (grpc.Socket.Group is { } group && AccessRules.GroupId(group) is null)
        {
            yield return new SpecError(default, result.Origins["grpc.socket.group"], $"grpc.socket.group: this machine has no group '{group}': make it (groupadd --system {group}), or name another one");
        }

        if (grpc.Tcp is not { } tcp) yield break;
        foreach (var cause in Causes(tcp)) yield return new SpecError(default, result.Origins["grpc.tcp.certificate"], cause);
    }

    private static IReadOnlyList<string> Causes(TcpSettings tcp)
    {
        try
        {
            CertificateFiles.Read(tcp);
            return [];
        }
        catch (AccessConfigurationException e)
        {
            return e.Causes;
        }
    }
}
