using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.V1;
using NodeAgent.Cli.Show;
using NodeAgent.Cli.Storage;

namespace NodeAgent.Cli.Status;

/// <summary>`status` for programs. The names are a contract.</summary>
internal static class StatusJson
{
    public static JsonObject Of(StatusPage page)
    {
        var node = page.Node;
        return new JsonObject
        {
            ["node"] = node.Name,
            ["kernel"] = node.Kernel,
            ["bootId"] = node.BootId,
            ["time"] = Time(node.Time),
            ["ready"] = page.Socket is not null && node.Ready,
            ["agent"] = page.Socket is null ? null : new JsonObject
            {
                ["version"] = node.AgentVersion,
                ["pid"] = node.Pid,
                ["started"] = Time(node.Started),
                ["socket"] = page.Socket,
                ["endpoints"] = ShowJson.List(node.Endpoints, static e => JsonValue.Create(e)),
                ["parts"] = ShowJson.List(node.Parts, static p => new JsonObject { ["name"] = p.Name, ["ready"] = p.Ready, ["reason"] = p.Reason }),
            },
            ["problems"] = ShowJson.List(page.Problems, static p => new JsonObject { ["object"] = p.Object.Length == 0 ? null : p.Object, ["message"] = p.Message, ["kind"] = p.Kind.Length == 0 ? null : p.Kind, ["severity"] = p.Severity == Severity.Unspecified ? null : StorageWords.Of(p.Severity) }),
            ["storage"] = node.Storage is { } storage ? Of(storage) : null,
            ["kvm"] = node.Kvm is { } kvm ? new JsonObject { ["usable"] = kvm.Usable, ["state"] = kvm.State, ["reason"] = kvm.Reason, ["checked"] = Time(kvm.Checked) } : null,
            ["guests"] = node.Guests is { } guests ? Of(guests) : null,
            ["counts"] = Counts(node.Counts),
            ["bridges"] = ShowJson.List(node.Bridges, static b => new JsonObject { ["name"] = b.Name, ["guestPorts"] = b.GuestPorts, ["uplinks"] = ShowJson.List(b.Uplinks, Port) }),
            ["bonds"] = ShowJson.List(node.Bonds, static b => new JsonObject { ["name"] = b.Name, ["mode"] = b.Mode, ["carrier"] = b.Carrier, ["ports"] = ShowJson.List(b.Ports, Port) }),
            ["policies"] = ShowJson.List(node.Policies, Policy),
            ["waiting"] = node.Waiting is { } w ? new JsonObject { ["transaction"] = w.Id, ["policy"] = w.Policy, ["deadline"] = Time(w.Deadline) } : null,
            ["transactions"] = ShowJson.List(node.Transactions, Transaction),
        };
    }

    private static JsonObject Of(StorageSummary storage) => new()
    {
        ["source"] = storage.Source,
        ["reason"] = storage.Reason,
        ["maps"] = storage.Maps,
        ["healthy"] = storage.Healthy,
        ["degraded"] = storage.Degraded,
        ["noRedundancy"] = storage.NoRedundancy,
        ["failed"] = storage.Failed,
        ["queueing"] = storage.Queueing,
        ["unknown"] = storage.Unknown,
        ["paths"] = storage.Paths,
        ["usablePaths"] = storage.UsablePaths,
    };

    private static JsonObject Of(GuestSummary guests) => new()
    {
        ["guests"] = guests.Guests,
        ["migrationsOutgoing"] = guests.MigrationsOutgoing,
        ["migrationsIncoming"] = guests.MigrationsIncoming,
        ["migrationsNotConverging"] = guests.MigrationsNotConverging,
    };

    public static string Word(TransactionState state) => state switch
    {
        TransactionState.Open => "open",
        TransactionState.Committed => "committed",
        TransactionState.RolledBack => "rolled back",
        TransactionState.Stuck => "stuck",
        _ => "unknown",
    };

    private static JsonObject Counts(Counts counts) => new()
    {
        ["links"] = counts.Links,
        ["linksUp"] = counts.LinksUp,
        ["guestPorts"] = counts.GuestPorts,
        ["bridges"] = counts.Bridges,
        ["vlans"] = counts.Vlans,
        ["bonds"] = counts.Bonds,
        ["addresses"] = counts.Addresses,
        ["routes"] = counts.Routes,
        ["policies"] = counts.Policies,
        ["policiesNotInForce"] = counts.PoliciesNotInForce,
    };

    private static JsonObject Port(PortSummary port) => new() { ["name"] = port.Name, ["up"] = port.Up, ["carrier"] = port.Carrier };

    private static JsonObject Policy(PolicySummary policy) => new()
    {
        ["name"] = policy.Name,
        ["mode"] = policy.Mode == PolicyMode.Observe ? "observe" : "repair",
        ["state"] = policy.State,
        ["message"] = policy.Message,
        ["applied"] = Time(policy.Applied),
        ["generation"] = policy.Generation,
        ["repairs"] = policy.Repairs,
        ["lastDrift"] = Time(policy.LastDrift),
    };

    private static JsonObject Transaction(TransactionSummary transaction) => new()
    {
        ["id"] = transaction.Id,
        ["kind"] = transaction.Kind,
        ["policy"] = transaction.HasPolicy ? transaction.Policy : null,
        ["started"] = Time(transaction.Started),
        ["state"] = Word(transaction.State),
        ["outcome"] = transaction.Outcome,
    };

    private static string? Time(Timestamp? time) => time is null ? null : ShowJson.Time(time.ToDateTimeOffset());
}
