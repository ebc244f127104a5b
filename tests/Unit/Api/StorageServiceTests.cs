using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using NodeAgent.Api;
using NodeAgent.Api.V1;
using NodeAgent.Storage.Model;
using NodeAgent.Tests.Unit.Grpc;
using NodeAgent.Tests.Unit.Node;
using NodeAgent.Tests.Unit.Storage;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Api;

/// <summary>Storage and verdicts over a real Kestrel and a Unix socket.</summary>
public sealed class StorageServiceTests
{
    private const string Whole = "sda A ready running host2 p1 f1 || sdb A ghost running host3 p2 f2";
    private const string One = "sda A ready running host2 p1 f1 || sdb F faulty transport-offline host3 p2 f2";

    private readonly LinkMaker _network = new();

    [Fact]
    public async Task Storage_is_not_there_before_it_was_read_and_whole_after_it()
    {
        await using var host = await ApiHost.StartAsync(_network.Store());
        var client = new StorageService.StorageServiceClient(host.Connect());
        var early = await Assert.ThrowsAsync<RpcException>(() => client.ListStorageAsync(new ListStorageRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, early.StatusCode);

        host.Storage.Publish(Reading(Named("mpatha", Whole) with { Users = [new NodeAgent.Storage.Model.MapUser(NodeAgent.Storage.Model.MapUserKind.LogicalVolume, "vg0/data")], IsRoot = true }, Named("mpathb", One)), null);
        var all = await client.ListStorageAsync(new ListStorageRequest());
        Assert.Equal(["mpatha", "mpathb"], all.Maps.Select(static m => m.Name));
        Assert.Equal(NodeAgent.Api.V1.StorageSourceState.Multipathd, all.Source.State);
        var (a, b) = (all.Maps[0], all.Maps[1]);
        Assert.Equal((StorageVerdict.Healthy, NodeAgent.Api.V1.Severity.Ok, 2, 2, true), (a.Verdict, a.Severity, a.UsablePaths, a.BestUsablePaths, a.Root));
        Assert.Equal((NodeAgent.Api.V1.MapUserKind.LogicalVolume, "vg0/data"), (a.Users[0].Kind, a.Users[0].Name));
        Assert.Equal(["active", "enabled"], a.Groups.Select(static g => g.State));
        Assert.Equal((StorageVerdict.NoRedundancy, NodeAgent.Api.V1.Severity.Critical, "253:3"), (b.Verdict, b.Severity, b.DeviceNumber));
        var path = b.Groups[1].Paths[0];
        Assert.Equal(("sdb", "failed", "faulty", "transport-offline", "host3", "p2", "f2", 1u), (path.Device, path.DmState, path.CheckerState, path.DeviceState, path.Initiator, path.TargetPort, path.Fabric, path.FailCount));
        Assert.StartsWith("mpathb has 1 of 2 paths left", b.Reason, StringComparison.Ordinal);

        var initiator = Assert.Single(all.Initiators);
        Assert.Equal(("host3", "fc", "Online", "16 Gbit", 7ul), (initiator.Name, initiator.Transport, initiator.State, initiator.Speed, initiator.Counters["link_failure_count"]));
        Assert.Equal(("rport-3:0-1", "Blocked", 60L, false), (initiator.RemotePorts[0].Name, initiator.RemotePorts[0].State, initiator.RemotePorts[0].DevLossTimeoutSeconds, initiator.RemotePorts[0].HasFastIoFailTimeoutSeconds));
        Assert.Equal("mpathb", Assert.Single((await client.ListStorageAsync(new ListStorageRequest { Maps = { b.Wwid, "never" } })).Maps).Name);
    }

    [Fact]
    public async Task A_watch_tells_the_state_then_what_changes_and_goes_on_where_it_was()
    {
        await using var host = await ApiHost.StartAsync(_network.Store());
        var client = new StorageService.StorageServiceClient(host.Connect());
        var (a, b) = (Named("mpatha", Whole), Named("mpathb", Whole));
        host.Storage.Publish(Reading(a, b), null);
        WatchStorageResponse first;
        using (var call = client.WatchStorage(new WatchStorageRequest()))
        {
            first = await NextAsync(call.ResponseStream);
            Assert.True(first.FullState);
            Assert.Equal((2, 1, NodeAgent.Api.V1.StorageSourceState.Multipathd), (first.Changed.Count, first.Initiators.Count, first.Source.State));
            host.Storage.Publish(Reading(Named("mpatha", One), b), ["mpatha"]);
            var change = await NextAsync(call.ResponseStream);
            Assert.Equal(("mpatha", StorageVerdict.NoRedundancy), (Assert.Single(change.Changed).Name, change.Changed[0].Verdict));
            Assert.Equal((false, null, 0), (change.FullState, change.Source, change.Initiators.Count));
        }

        host.Storage.Publish(Reading(b) with { Initiators = [] }, ["mpatha"]);
        using var resumed = client.WatchStorage(new WatchStorageRequest { ResumeEpoch = first.Epoch, ResumeVersion = first.Version });
        var missed = await NextAsync(resumed.ResponseStream);
        Assert.Equal((false, a.Wwid, "host3"), (missed.FullState, Assert.Single(missed.Removed), Assert.Single(missed.InitiatorsRemoved)));
        Assert.Empty(missed.Changed);
        host.Storage.Publish(new StorageReading { Source = new NodeAgent.Storage.Model.StorageSource(NodeAgent.Storage.Model.StorageSourceState.Failed, "it hangs") }, null);
        var failed = await NextAsync(resumed.ResponseStream);
        Assert.Equal((NodeAgent.Api.V1.StorageSourceState.Failed, StorageVerdict.Unknown), (failed.Source.State, Assert.Single(failed.Changed).Verdict));
    }

    [Fact]
    public async Task A_silent_watch_has_a_heartbeat()
    {
        await using var host = await ApiHost.StartAsync(_network.Store());
        host.Storage.Publish(Reading(), null);
        using var call = new StorageService.StorageServiceClient(host.Connect()).WatchStorage(new WatchStorageRequest { Heartbeat = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) });
        var first = await NextAsync(call.ResponseStream);
        var beat = await NextAsync(call.ResponseStream);
        Assert.Equal((true, first.Version), (beat.Heartbeat, beat.Version));
    }

    [Fact]
    public async Task Verdicts_and_their_changes_are_told_by_kind_and_object()
    {
        await using var host = await ApiHost.StartAsync(_network.Store());
        var client = new NodeService.NodeServiceClient(host.Connect());
        host.Storage.Publish(Reading(Named("mpatha", Whole), Named("mpathb", Whole)), null);
        host.Verdicts.Update(new NodeAgent.Verdicts.Verdict(VerdictKind.Kvm, "kvm", "usable", NodeAgent.Verdicts.Severity.Ok, "KVM can be used"));
        host.Storage.Publish(Reading(Named("mpatha", One), Named("mpathb", Whole)), ["mpatha"]);
        host.Storage.Publish(Reading(Named("mpathb", Whole)), ["mpatha"]);

        var verdicts = (await client.ListVerdictsAsync(new ListVerdictsRequest())).Verdicts;
        Assert.Equal(["kvm kvm usable", "storage mpathb healthy"], verdicts.Select(static v => $"{v.Kind} {v.Object} {v.State}"));
        Assert.Equal("kvm", Assert.Single((await client.ListVerdictsAsync(new ListVerdictsRequest { Kinds = { "kvm" } })).Verdicts).Object);

        var changes = (await client.ListVerdictChangesAsync(new ListVerdictChangesRequest())).Changes;
        Assert.Equal(
            ["mpatha >healthy", "mpathb >healthy", "kvm >usable", "mpatha healthy>no redundancy", "mpatha no redundancy>"],
            changes.Select(static c => $"{c.Object} {c.Former}>{c.State}"));
        Assert.Equal((NodeAgent.Api.V1.Severity.Critical, false), (changes[3].Severity, changes[4].HasState));
        Assert.Equal(["healthy", "no redundancy"], (await client.ListVerdictChangesAsync(new ListVerdictChangesRequest { Objects = { "mpatha" }, Limit = 2 })).Changes.Select(static c => c.Former));
        Assert.Equal(3, (await client.ListVerdictChangesAsync(new ListVerdictChangesRequest { Kinds = { "storage" }, Objects = { "mpatha" } })).Changes.Count);
        var limit = await Assert.ThrowsAsync<RpcException>(() => client.ListVerdictChangesAsync(new ListVerdictChangesRequest { Limit = -1 }).ResponseAsync);
        Assert.Equal((StatusCode.InvalidArgument, "limit: is -1; expected 1 or more, or 0 for all"), (limit.StatusCode, limit.Status.Detail));
        Assert.Equal("limit", StatusDetails.Find<BadRequest>(limit)!.FieldViolations.Single().Field);
        foreach (var call in new[] { client.ListVerdictsAsync(new ListVerdictsRequest { Kinds = { "storage", "disk" } }).ResponseAsync, (Task)client.ListVerdictChangesAsync(new ListVerdictChangesRequest { Kinds = { "disk" } }).ResponseAsync })
        {
            var kinds = await Assert.ThrowsAsync<RpcException>(() => call);
            Assert.Equal((StatusCode.InvalidArgument, "kinds: has 'disk'; expected storage, bond, uplink, mac, kvm, migration, migration-history"), (kinds.StatusCode, kinds.Status.Detail));
            Assert.Equal("kinds", StatusDetails.Find<BadRequest>(kinds)!.FieldViolations.Single().Field);
        }
    }

    [Fact]
    public async Task The_page_of_the_node_counts_maps_and_has_verdicts_among_its_problems()
    {
        await using var host = await ApiHost.StartAsync(_network.Store());
        host.Storage.Publish(Reading(Named("mpatha", Whole), Named("mpathb", One)), null);
        using var call = new NodeService.NodeServiceClient(host.Connect()).WatchNode(new WatchNodeRequest());
        var node = (await NextAsync(call.ResponseStream)).Node;
        Assert.Equal((2, 1, 1, 3, 4), (node.Storage.Maps, node.Storage.Healthy, node.Storage.NoRedundancy, node.Storage.UsablePaths, node.Storage.Paths));
        var problem = node.Problems[0];
        Assert.Equal(("storage", "mpathb", NodeAgent.Api.V1.Severity.Critical), (problem.Kind, problem.Object, problem.Severity));
        Assert.StartsWith("has 1 of 2 paths left", problem.Message, StringComparison.Ordinal);
        host.Storage.Publish(Reading(Named("mpatha", Whole), Named("mpathb", One)) with { Source = new NodeAgent.Storage.Model.StorageSource(NodeAgent.Storage.Model.StorageSourceState.DeviceMapper, "it hangs") }, []);
        var page = (await new NodeService.NodeServiceClient(host.Connect()).GetNodeAsync(new GetNodeRequest())).Node;
        Assert.Equal(["mpathb", ""], page.Problems.Where(static p => p.Kind == "storage").Select(static p => p.Object));
        host.Storage.Publish(Reading(Named("mpatha", Whole), Named("mpathb", Whole)), ["mpathb"]);
        Assert.DoesNotContain((await NextAsync(call.ResponseStream)).Node.Problems, static p => p.Kind == "storage");
    }

    [Fact]
    public async Task Paths_are_accepted_as_they_are_and_a_watch_is_told()
    {
        await using var host = await ApiHost.StartAsync(_network.Store());
        var client = new StorageService.StorageServiceClient(host.Connect());
        Assert.Equal(StatusCode.Unavailable, await Refused("mpatha"));
        host.Storage.Publish(Reading(Named("mpatha", Whole + " | sdc A"), Named("mpathb", One)), null);
        host.Storage.Publish(Reading(Named("mpatha", Whole), Named("mpathb", One)), ["mpatha"]);
        using var call = client.WatchStorage(new WatchStorageRequest());
        Assert.Equal(StorageVerdict.Degraded, (await NextAsync(call.ResponseStream)).Changed.Single(static m => m.Name == "mpatha").Verdict);

        var accepted = await client.AcceptPathsAsync(new AcceptPathsRequest { Map = "mpatha" });

        Assert.Equal((StorageVerdict.Healthy, 2, 3), (accepted.Map.Verdict, accepted.Map.BestUsablePaths, accepted.FormerBestUsablePaths));
        Assert.Equal(StorageVerdict.Healthy, Assert.Single((await NextAsync(call.ResponseStream)).Changed).Verdict);
        Assert.Equal((StatusCode.NotFound, StatusCode.InvalidArgument, StatusCode.FailedPrecondition), (await Refused("never"), await Refused(""), await Refused("mpathb")));

        async Task<StatusCode> Refused(string map) => (await Assert.ThrowsAsync<RpcException>(() => client.AcceptPathsAsync(new AcceptPathsRequest { Map = map }).ResponseAsync)).StatusCode;
    }

    private static NodeAgent.Storage.Model.MultipathMap Named(string name, string paths) => MapMaker.Of(paths, name);

    private static StorageReading Reading(params IReadOnlyList<NodeAgent.Storage.Model.MultipathMap> maps) => MapMaker.Reading(maps) with { Initiators = [s_host3] };

    private static readonly NodeAgent.Storage.Model.StorageInitiator s_host3 = new()
    {
        Name = "host3",
        Transport = StorageTransport.FibreChannel,
        State = "Online",
        Speed = "16 Gbit",
        Remotes = [new NodeAgent.Storage.Model.RemotePort("rport-3:0-1") { Address = "0x50a0", State = "Blocked", DevLossTimeout = 60 }],
        Counters = new Dictionary<string, ulong> { ["link_failure_count"] = 7 },
    };

    private static async Task<T> NextAsync<T>(IAsyncStreamReader<T> stream)
    {
        Assert.True(await stream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience));
        return stream.Current;
    }
}
