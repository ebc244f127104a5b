using Microsoft.Extensions.Logging;
using NodeAgent.Config;
using Xunit;

namespace NodeAgent.Tests.Unit.Config;

/// <summary>What reading the configuration again changes, and what it must not.</summary>
public sealed class ConfigurationStoreTests
{
    private readonly List<(AgentConfiguration Old, AgentConfiguration New)> _changes = [];

    [Fact]
    public void What_can_change_is_in_force_at_once()
    {
        var store = Store("log: {level: info}", "log: {level: debug}\nmetrics: {interval: 1s}");

        var result = store.Reload();

        Assert.Equal(["metrics.interval", "log.level"], result.Changed);
        Assert.Empty(result.AtNextStart);
        Assert.Equal(LogLevel.Debug, store.Current.Log.Level);
        Assert.Equal((LogLevel.Information, LogLevel.Debug), (_changes.Single().Old.Log.Level, _changes.Single().New.Log.Level));
        Assert.Equal((2, 0), (store.History.Successes, store.History.Failures));
    }

    [Fact]
    public void What_cannot_is_named_and_stays()
    {
        var store = Store("paths: {run: /a}", "paths: {run: /b}\ngrpc: {socket: {path: /s}, limits: {streams: 7}}\nmetrics: {address: off}");

        var result = store.Reload();

        Assert.Empty(result.Changed);
        Assert.Equal(["grpc.socket.path", "grpc.limits.streams", "metrics.address", "paths.run"], result.AtNextStart);
        Assert.Equal("/a", store.Current.RunFolder);
        Assert.Empty(_changes);
    }

    [Fact]
    public void A_wrong_file_changes_nothing_and_is_remembered_until_a_right_one()
    {
        var texts = new Queue<string>(["log: {level: loud}\nx: y", "log: {level: info}"]);
        var store = new ConfigurationStore(Read("log: {level: info}").Configuration, () => Read(texts.Dequeue()), TimeProvider.System);
        var told = new List<ReloadResult>();
        store.Reloaded += told.Add;

        Assert.Equal(2, store.Reload().Errors.Count);
        Assert.Equal((LogLevel.Information, 1L, "c.yaml:1:14: log.level: expected debug, info, warn or error, found 'loud'"), (store.Current.Log.Level, store.History.Failures, store.History.Error));
        Assert.NotNull(store.History.LastFailure);

        Assert.True(store.Reload().Succeeded);
        Assert.Null(store.History.Error);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public void A_role_taken_away_is_gone_at_once_even_with_its_listener()
    {
        const string tcp = "grpc: {tcp: {certificate: /a, key: /b, clientCa: /c, identities: [{commonName: x, role: read}]}}";

        var store = Store(tcp, "log: {level: info}");
        var result = store.Reload();

        Assert.Empty(store.Current.Grpc.Tcp!.Identities);
        Assert.Equal("/a", store.Current.Grpc.Tcp.Certificate);
        Assert.Equal(["grpc.tcp.identities"], result.Changed);

        store = Store("log: {level: info}", tcp);
        Assert.Contains("grpc.tcp.certificate", store.Reload().AtNextStart);
        Assert.Null(store.Current.Grpc.Tcp);
    }

    /// <summary>The table of options and what the store keeps say the same.</summary>
    [Fact]
    public void Every_option_of_the_start_stays_and_every_other_changes()
    {
        const string first = "grpc: {tcp: {address: '0.0.0.0:1', certificate: /a, key: /b, clientCa: /c, identities: [{commonName: x, role: read}]}}\nmetrics: {otlp: {endpoint: 'http://a'}}";
        const string other = """
            controlPlane: [10.0.0.1]
            probes: [{gateway: {}}]
            drift: {tugOfWar: {repairs: 9, window: 9s}}
            grpc:
              socket: {path: /s, group: g}
              tcp: {address: '0.0.0.0:2', certificate: /x, key: /y, clientCa: /z, identities: [{commonName: y, role: read}]}
              limits: {messageBytes: 2048, connections: 9, streams: 9, keepAlive: 9s, keepAliveTimeout: 9s}
            metrics: {address: off, interval: 9s, otlp: {endpoint: 'http://b', protocol: http/protobuf, interval: 9s, headers: {a: b}}}
            storage: {flapping: {changes: 9, window: 9s}, forgetAfter: 9h}
            migration: {enabled: false, rate: 9, grace: 9s, history: 9, measureInterval: 9s}
            log: {format: json, level: debug, levels: {api: warn}}
            doctor:
              cpu: {cores: 4}
              memory: {minimum: 1GB, recommended: 2GiB}
              nics: {count: 1, recommended: 3, speed: 25Gbps}
              fc: {count: 4, speed: 32Gbps}
              kernel: {version: "6.8"}
              inotify: {watches: 9, instances: 9}
              conntrack: {used: 9}
              clock: {error: 9s}
              state: {free: 9GB}
              skip: [nics.count]
            paths: {state: /p, run: /q, policies: /r}
            """;
        var result = Store(first, other).Reload();
        Assert.Equal(ConfigurationOptions.All.Where(o => o.AtStart).Select(o => o.Key), result.AtNextStart);
        Assert.Equal(ConfigurationOptions.All.Where(o => !o.AtStart).Select(o => o.Key), result.Changed);
    }

    private ConfigurationStore Store(string before, string after)
    {
        var store = new ConfigurationStore(Read(before).Configuration, () => Read(after), TimeProvider.System);
        store.Changed += (old, changed) => _changes.Add((old, changed));
        return store;
    }

    private static ConfigurationResult Read(string text) => ConfigurationReader.Read("c.yaml", System.Text.Encoding.UTF8.GetBytes(text), []);
}
