using System.Collections.Frozen;
using NodeAgent.Files;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Sysfs;

/// <summary>Fibre Channel adapters and the ports they see: Documentation/ABI/testing/sysfs-class-fc_host and sysfs-class-fc_remote_ports.</summary>
internal static class FibreChannelReader
{
    /// <summary>Of statistics/: what counts errors.</summary>
    private static readonly FrozenSet<string> s_errors = FrozenSet.Create(
        StringComparer.Ordinal,
        "dumped_frames", "error_frames", "fcp_frame_alloc_failures", "fcp_packet_aborts", "fcp_packet_alloc_failures", "invalid_crc_count",
        "invalid_tx_word_count", "link_failure_count", "lip_count", "loss_of_signal_count", "loss_of_sync_count", "nos_count",
        "prim_seq_protocol_err_count", "fpin_cn", "fpin_dn", "fpin_li");

    public static void Read(HostPaths paths, List<StorageInitiator> found)
    {
        var hosts = HostFile.List($"{paths.Sys}/class/fc_host", out _);
        if (hosts.Length == 0) return;
        var ports = HostFile.List($"{paths.Sys}/class/fc_remote_ports", out var error);
        foreach (var host in hosts)
        {
            var errors = new List<string>();
            if (error is not null) errors.Add(error);
            var attributes = new Attributes($"{paths.Sys}/class/fc_host/{host}", errors);
            found.Add(new StorageInitiator
            {
                Name = host,
                Transport = StorageTransport.FibreChannel,
                State = attributes.Text("port_state"),
                Speed = attributes.Text("speed"),
                LocalName = attributes.Text("port_name"),
                Fabric = Fabric(attributes.Text("fabric_name")),
                Remotes = Remotes(paths, host, ports, errors),
                Counters = attributes.Counters("statistics", s_errors),
                Errors = errors,
            });
        }
    }

    private static List<RemotePort> Remotes(HostPaths paths, string host, string[] ports, List<string> errors)
    {
        // "rport-3:0-1": host, channel, number
        var own = $"rport-{host.AsSpan("host".Length)}:";
        var remotes = new List<RemotePort>();
        foreach (var port in ports)
        {
            if (!port.StartsWith(own, StringComparison.Ordinal)) continue;
            var attributes = new Attributes($"{paths.Sys}/class/fc_remote_ports/{port}", errors);
            remotes.Add(new RemotePort(port)
            {
                Address = attributes.Text("port_name"),
                State = attributes.Text("port_state"),
                Roles = attributes.Text("roles"),
                DevLossTimeout = attributes.Seconds("dev_loss_tmo"),
                FastIoFailTimeout = attributes.Seconds("fast_io_fail_tmo"),
            });
        }

        return remotes;
    }

    /// <summary>Without a fabric (a loop, a direct cable, no link) drivers write nothing but zeros or ones.</summary>
    private static string? Fabric(string? name) => name is null or "0x0" or "0x0000000000000000" or "0xffffffffffffffff" ? null : name;
}
