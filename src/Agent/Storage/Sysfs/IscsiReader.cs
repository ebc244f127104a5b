using NodeAgent.Files;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Sysfs;

/// <summary>iSCSI sessions and their connections: drivers/scsi/scsi_transport_iscsi.c.</summary>
internal static class IscsiReader
{
    public static void Read(HostPaths paths, List<StorageInitiator> found)
    {
        var sessions = HostFile.List($"{paths.Sys}/class/iscsi_session", out _);
        if (sessions.Length == 0) return;
        var connections = HostFile.List($"{paths.Sys}/class/iscsi_connection", out var error);
        foreach (var session in sessions)
        {
            var errors = new List<string>();
            if (error is not null) errors.Add(error);
            var attributes = new Attributes($"{paths.Sys}/class/iscsi_session/{session}", errors);
            found.Add(new StorageInitiator
            {
                Name = session,
                Transport = StorageTransport.Iscsi,
                State = attributes.Text("state"),
                LocalName = attributes.Text("initiatorname"),
                Remotes = Remotes(paths, session, connections, attributes, errors),
                Errors = errors,
            });
        }
    }

    private static List<RemotePort> Remotes(HostPaths paths, string session, string[] connections, Attributes target, List<string> errors)
    {
        var name = target.Text("targetname") ?? session;
        var timeout = target.Seconds("recovery_tmo");
        // "connection1:0": session, number
        var own = $"connection{session.AsSpan("session".Length)}:";
        var remotes = new List<RemotePort>();
        foreach (var connection in connections)
        {
            if (!connection.StartsWith(own, StringComparison.Ordinal)) continue;
            var attributes = new Attributes($"{paths.Sys}/class/iscsi_connection/{connection}", errors);
            remotes.Add(new RemotePort(name) { Address = Portal(attributes), State = attributes.Text("state"), FastIoFailTimeout = timeout });
        }

        return remotes.Count > 0 ? remotes : [new RemotePort(name) { FastIoFailTimeout = timeout }];
    }

    /// <summary>The portal that was logged in to; where a target redirects, connections go elsewhere.</summary>
    private static string? Portal(Attributes connection)
    {
        var address = connection.Text("persistent_address") ?? connection.Text("address");
        var port = connection.Text("persistent_port") ?? connection.Text("port");
        if (address is null) return null;
        if (address.Contains(':')) address = $"[{address}]";
        return port is null ? address : $"{address}:{port}";
    }
}
