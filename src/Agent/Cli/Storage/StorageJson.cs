using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.V1;
using NodeAgent.Cli.Show;

namespace NodeAgent.Cli.Storage;

/// <summary>`storage show` for programs. The names are a contract; what is not known is null.</summary>
internal static class StorageJson
{
    public static JsonObject Of(ListStorageResponse storage) => new()
    {
        ["source"] = Of(storage.Source),
        ["time"] = Time(storage.Time),
        ["maps"] = Maps(storage.Maps),
        ["initiators"] = ShowJson.List(storage.Initiators, Of),
    };

    public static JsonArray Maps(IEnumerable<MultipathMap> maps) => ShowJson.List(maps, Of);

    private static JsonObject Of(StorageSource source) => new() { ["state"] = StorageWords.Of(source.State), ["reason"] = source.Reason };

    private static JsonObject Of(MultipathMap map) => new()
    {
        ["name"] = map.Name,
        ["wwid"] = map.Wwid,
        ["device"] = map.Device,
        ["deviceNumber"] = map.DeviceNumber,
        ["sizeBytes"] = map.SizeBytes,
        ["product"] = Known(map.Product),
        ["verdict"] = StorageWords.Of(map.Verdict),
        ["severity"] = StorageWords.Of(map.Severity),
        ["sentence"] = map.Reason,
        ["since"] = Time(map.Since),
        ["flapping"] = map.Flapping,
        ["usablePaths"] = map.UsablePaths,
        ["bestUsablePaths"] = map.BestUsablePaths,
        ["queuesIfNoPath"] = map.QueuesWithoutPaths,
        ["queueingSince"] = Time(map.QueueingSince),
        ["suspended"] = map.Suspended,
        ["root"] = map.Root,
        ["boot"] = map.Boot,
        ["error"] = Known(map.Error),
        ["users"] = ShowJson.List(map.Users, static u => new JsonObject { ["kind"] = StorageWords.Of(u.Kind), ["name"] = u.Name }),
        ["groups"] = ShowJson.List(map.Groups, static g => new JsonObject { ["number"] = g.Number, ["state"] = g.State, ["priority"] = g.Priority == 0 ? null : g.Priority }),
        ["paths"] = ShowJson.List(map.Groups.SelectMany(static g => g.Paths.Select(p => (Group: g, Path: p))), static p => Of(p.Group, p.Path)),
    };

    private static JsonObject Of(PathGroup group, StoragePath path) => new()
    {
        ["device"] = path.Device,
        ["deviceNumber"] = path.DeviceNumber,
        ["group"] = group.Number,
        ["dmState"] = path.DmState,
        ["checkerState"] = Known(path.CheckerState),
        ["deviceState"] = Known(path.DeviceState),
        ["priority"] = path.HasPriority ? path.Priority : null,
        ["hctl"] = Known(path.Hctl),
        ["initiator"] = Known(path.Initiator),
        ["targetPort"] = Known(path.TargetPort),
        ["fabric"] = Known(path.Fabric),
        ["failCount"] = path.FailCount,
    };

    private static JsonObject Of(StorageInitiator initiator)
    {
        var counters = new JsonObject();
        foreach (var (name, value) in initiator.Counters.OrderBy(static c => c.Key, StringComparer.Ordinal)) counters[name] = value;
        return new JsonObject
        {
            ["name"] = initiator.Name,
            ["transport"] = initiator.Transport,
            ["state"] = Known(initiator.State),
            ["speed"] = Known(initiator.Speed),
            ["localName"] = Known(initiator.LocalName),
            ["fabric"] = Known(initiator.Fabric),
            ["remotes"] = ShowJson.List(initiator.RemotePorts, static r => new JsonObject
            {
                ["name"] = r.Name,
                ["address"] = Known(r.Address),
                ["state"] = Known(r.State),
                ["roles"] = Known(r.Roles),
                ["devLossTimeoutSeconds"] = r.HasDevLossTimeoutSeconds ? r.DevLossTimeoutSeconds : null,
                ["fastIoFailTimeoutSeconds"] = r.HasFastIoFailTimeoutSeconds ? r.FastIoFailTimeoutSeconds : null,
            }),
            ["counters"] = counters,
            ["errors"] = ShowJson.List(initiator.Errors, static e => JsonValue.Create(e)),
        };
    }

    private static string? Known(string text) => text.Length == 0 ? null : text;

    private static string? Time(Timestamp? time) => time is null ? null : ShowJson.Time(time.ToDateTimeOffset());
}
