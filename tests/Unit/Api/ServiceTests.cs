using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using NodeAgent.Api.V1;
using NodeAgent.Network.Drift;
using NodeAgent.Node;
using NodeAgent.Tests.Unit.Grpc;
using NodeAgent.Tests.Unit.Node;
using Xunit;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace NodeAgent.Tests.Unit.Api;

/// <summary>Watches, health and reflection over a real Kestrel and a Unix socket.</summary>
public sealed class ServiceTests
{
    private readonly LinkMaker _network = new();

    [Fact]
    public async Task The_node_is_not_there_before_it_was_listed_and_whole_after_it()
    {
        var store = new NodeStateStore(1_000_000_000);
        await using var host = await ApiHost.StartAsync(store);
        var client = new NodeService.NodeServiceClient(host.Connect());
        var early = await Assert.ThrowsAsync<RpcException>(() => client.GetNodeAsync(new GetNodeRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, early.StatusCode);

        host.Readiness.Set("network", false, "the policies are being applied");
        _network.Snapshot.Put(LinkMaker.Link("nic0"));
        store.Publish(_network.Everything());
        store.Publish([new PolicyStatus { Name = "p", File = "p.yaml", State = "drifted", Message = "nic0: mtu", Generation = 3, Repairs = 4 }]);
        var node = (await client.GetNodeAsync(new GetNodeRequest())).Node;
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1), node.Started.ToDateTime());
        Assert.Equal((1, 1, 1), (node.Counts.Links, node.Counts.Policies, node.Counts.PoliciesNotInForce));
        Assert.Equal((3, 4), (node.Policies[0].Generation, node.Policies[0].Repairs));
        Assert.Contains(node.Problems, p => p.Message == "policy p: drifted: nic0: mtu");
        Assert.False(node.Ready);
        Assert.Equal(["network"], node.Parts.Select(p => p.Name));
        Assert.NotEmpty(node.Name);
        Assert.NotEmpty(node.Kernel);
    }

    [Fact]
    public async Task A_watch_of_the_node_tells_it_again_when_it_changed_and_not_when_it_did_not()
    {
        var store = _network.Store();
        await using var host = await ApiHost.StartAsync(store);
        using var call = new NodeService.NodeServiceClient(host.Connect()).WatchNode(new WatchNodeRequest());
        var first = await NextAsync(call.ResponseStream);
        Assert.Equal(0, first.Node.Counts.Links);
        // Of this link's MTU the page about the node does not tell: the next message is about the part.
        store.Publish(_network.Put(LinkMaker.Link("a")));
        Assert.Equal(1, (await NextAsync(call.ResponseStream)).Node.Counts.Links);
        store.Publish(_network.Put(LinkMaker.Link("a", 9000)));
        host.Readiness.Set("http", false, "the port is taken");
        var last = await NextAsync(call.ResponseStream);
        Assert.False(last.Node.Ready);
        Assert.Equal(first.Version + 2, last.Version);
    }

    [Fact]
    public async Task A_reader_that_stalls_holds_up_nobody_and_is_told_the_newest_when_it_comes_back()
    {
        const int updates = 300;
        // More than all buffers on the way take.
        for (var i = 0; i < 20_000; i++)
        {
            _network.Snapshot.Put(LinkMaker.Link($"link{i}"));
            for (var route = 0; route < 4; route++) _network.Snapshot.Routes.Add(LinkMaker.Route($"10.{route}.0.0/16", $"link{i}"));
        }

        var store = _network.Store();
        await using var host = await ApiHost.StartAsync(store);
        using var stalled = new NetworkService.NetworkServiceClient(host.Connect()).WatchLinks(new WatchLinksRequest());
        Assert.True((await NextAsync(stalled.ResponseStream)).More);
        using var other = new NetworkService.NetworkServiceClient(host.Connect()).WatchLinks(new WatchLinksRequest { Names = { "a" } });
        Assert.Empty((await NextAsync(other.ResponseStream)).Changed);
        for (var mtu = 1; mtu <= updates; mtu++)
        {
            store.Publish(_network.Put(LinkMaker.Link("a", 1500 + mtu)));
            Assert.Equal(1500u + (uint)mtu, (await NextAsync(other.ResponseStream)).Changed.Single().Mtu);
        }

        var changes = 0;
        WatchLinksResponse message;
        do
        {
            message = await NextAsync(stalled.ResponseStream);
            if (message.Version > 1) changes++;
        }
        while (message.Version < store.Current.Version);
        Assert.Equal(1500u + updates, message.Changed.Single().Mtu);
        Assert.InRange(changes, 1, updates / 2);
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_watches_with_a_status()
    {
        await using var host = await ApiHost.StartAsync(_network.Store());
        var channel = host.Connect();
        using var links = new NetworkService.NetworkServiceClient(channel).WatchLinks(new WatchLinksRequest());
        using var node = new NodeService.NodeServiceClient(channel).WatchNode(new WatchNodeRequest());
        using var health = new global::Grpc.Health.V1.Health.HealthClient(channel).Watch(new HealthCheckRequest());
        await NextAsync(links.ResponseStream);
        await NextAsync(node.ResponseStream);
        await NextAsync(health.ResponseStream);
        var stopped = host.StopAsync();
        foreach (var end in new Func<Task>[] { () => NextAsync(links.ResponseStream), () => NextAsync(node.ResponseStream), () => NextAsync(health.ResponseStream) })
            Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(end)).StatusCode);
        await stopped.WaitAsync(EchoServer.Patience);
    }

    [Fact]
    public async Task Health_follows_the_parts_of_the_daemon()
    {
        await using var host = await ApiHost.StartAsync(_network.Store());
        var client = new global::Grpc.Health.V1.Health.HealthClient(host.Connect());
        host.Readiness.Set("network", true, "");
        using var known = client.Watch(new HealthCheckRequest { Service = "nodeagent.v1.NetworkService" });
        using var unknown = client.Watch(new HealthCheckRequest { Service = "nothing" });
        Assert.Equal(Serving.Serving, (await NextAsync(known.ResponseStream)).Status);
        Assert.Equal(Serving.ServiceUnknown, (await NextAsync(unknown.ResponseStream)).Status);
        host.Readiness.Set("network", false, "");
        Assert.Equal(Serving.NotServing, (await NextAsync(known.ResponseStream)).Status);
        Assert.Equal(Serving.NotServing, (await client.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => client.CheckAsync(new HealthCheckRequest { Service = "nothing" }).ResponseAsync)).StatusCode);
        Assert.Equal(6, (await client.ListAsync(new HealthListRequest())).Statuses.Count);
    }

    [Fact]
    public async Task Older_clients_get_reflection_too()
    {
        await using var host = await ApiHost.StartAsync(_network.Store());
        using var call = new ServerReflection.ServerReflectionClient(host.Connect()).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = "nodeagent.v1.NodeService" });
        Assert.True((await NextAsync(call.ResponseStream)).FileDescriptorResponse.FileDescriptorProto.Count > 1);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience));
    }

    private static async Task<T> NextAsync<T>(IAsyncStreamReader<T> stream)
    {
        Assert.True(await stream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience));
        return stream.Current;
    }
}
