using System.Net;
using Microsoft.Extensions.Logging;
using NodeAgent.Config;
using NodeAgent.Hosting.Access;
using Xunit;

namespace NodeAgent.Tests.Unit.Config;

/// <summary>The sections grpc, metrics and log: from the file, from environment and flags, and what is wrong with them.</summary>
public sealed class SectionsTests
{
    [Fact]
    public void Every_key_of_grpc_is_read()
    {
        var grpc = Read("""
            grpc:
              socket: { path: /run/x.sock, group: nodeagent }
              tcp:
                address: "[::]:9000"
                certificate: /tls/tls.crt
                key: /tls/tls.key
                clientCa: /tls/ca.crt
                identities:
                - { uri: "spiffe://cluster.local/ns/platform/sa/controller", role: operate }
                - { commonName: monitoring, role: read }
              limits: { messageBytes: 1024, connections: 5, streams: 6, keepAlive: 10s, keepAliveTimeout: 5s }
            """).Grpc;
        Assert.Equal(new SocketSettings { Path = "/run/x.sock", Group = "nodeagent" }, grpc.Socket);
        Assert.Equal(new GrpcLimits { MessageBytes = 1024, Connections = 5, Streams = 6, KeepAlive = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(5) }, grpc.Limits);
        Assert.Equal((new IPEndPoint(IPAddress.IPv6Any, 9000), "/tls/tls.crt", "/tls/tls.key", "/tls/ca.crt"), (grpc.Tcp!.Address, grpc.Tcp.Certificate, grpc.Tcp.Key, grpc.Tcp.ClientCa));
        Assert.Equal(
            [new ClientIdentity { Uri = "spiffe://cluster.local/ns/platform/sa/controller", Role = Role.Operate }, new ClientIdentity { CommonName = "monitoring", Role = Role.Read }],
            grpc.Tcp.Identities);
    }

    [Fact]
    public void Every_key_of_metrics_and_log_is_read()
    {
        var read = Read("""
            metrics:
              address: 0.0.0.0:80
              interval: 1s
              otlp: { endpoint: "https://c:4318/v1/metrics", protocol: http/protobuf, interval: 5s, headers: { x-a: b } }
            log: { format: json, level: warn, levels: { drift: debug, host: error } }
            """);
        Assert.Equal((new IPEndPoint(IPAddress.Any, 80), TimeSpan.FromSeconds(1)), (read.Metrics.Address!, read.Metrics.Interval));
        var otlp = read.Metrics.Otlp!;
        Assert.Equal(("https://c:4318/v1/metrics", OtlpProtocol.HttpProtobuf, TimeSpan.FromSeconds(5), "b"), (otlp.Endpoint!.ToString(), otlp.Protocol, otlp.Interval, otlp.Headers["X-A"]));
        Assert.Equal((LogFormat.Json, LogLevel.Debug, LogLevel.Error, LogLevel.Warning), (read.Log.Format, read.Log.Of("drift"), read.Log.Of("host"), read.Log.Of("api")));
        Assert.Null(Read("metrics: { address: off }").Metrics.Address);
    }

    [Theory]
    [InlineData("grpc: {sockett: {}}", "c.yaml:1:8: grpc.sockett: unknown field, did you mean socket? (possible here: socket, limits, tcp)")]
    [InlineData("grpc: {socket: {path: a.sock}}", "c.yaml:1:23: grpc.socket.path: expected a file by its full path, such as /run/nodeagent/nodeagent.sock, found 'a.sock'")]
    [InlineData("grpc: {socket: {group: 'a b'}}", "c.yaml:1:24: grpc.socket.group: expected the name or number of a group, found 'a b'")]
    [InlineData("grpc: {limits: {streams: 0}}", "c.yaml:1:26: grpc.limits.streams: expected a number from 1 to 100000, found '0'")]
    [InlineData("metrics: {address: localhost:9799}", "c.yaml:1:20: metrics.address: expected an address with its port, such as 127.0.0.1:9799, or off, found 'localhost:9799'")]
    [InlineData("metrics: {address: 127.0.0.1}", "c.yaml:1:20: metrics.address: expected an address with its port, such as 127.0.0.1:9799, or off, found '127.0.0.1'")]
    [InlineData("metrics: {interval: 5}", "c.yaml:1:21: metrics.interval: expected a time from 100ms to 1h, such as 30s, 2m or 1500ms, found '5'")]
    [InlineData("metrics: {otlp: {interval: 5s}}", "c.yaml:1:17: metrics.otlp: needs endpoint: OpenTelemetry collector that metrics are pushed to")]
    [InlineData("metrics: {otlp: {endpoint: c:4317}}", "c.yaml:1:28: metrics.otlp.endpoint: expected a URL such as http://172.16.0.30:4317, found 'c:4317'")]
    [InlineData("log: {level: loud}", "c.yaml:1:14: log.level: expected debug, info, warn or error, found 'loud'")]
    [InlineData("log: {levels: {netwrk: debug}}", "c.yaml:1:16: log.levels.netwrk: unknown field, did you mean network? (possible here: network, drift, api, access, metrics, config, storage, kvm, migration, verdicts, host)")]
    [InlineData("log: {levels: {network: 7}}", "c.yaml:1:25: log.levels.network: expected debug, info, warn or error, found '7'")]
    [InlineData("log: json", "c.yaml:1:6: log: expected a map (format, level, levels), found 'json'")]
    public void A_wrong_value_is_named_with_its_place(string text, string error) => Assert.Equal([error], Errors(text));

    [Fact]
    public void What_tcp_lacks_is_named_all_at_once()
    {
        Assert.Equal(
            [
                "c.yaml:1:13: grpc.tcp: needs key: its private key",
                "c.yaml:1:13: grpc.tcp: needs clientCa: authorities of clients' certificates",
                "c.yaml:1:13: grpc.tcp: needs identities: who may read or operate, by SAN URI or common name",
                "c.yaml:1:27: grpc.tcp.certificate: expected a PEM file by its full path, such as /etc/nodeagent/tls/tls.crt, found 'a'",
            ],
            Errors("grpc: {tcp: {certificate: a}}"));
    }

    [Theory]
    [InlineData("{uri: x, role: read}", "identities[0].uri: expected the URI of a certificate, such as spiffe://cluster.local/ns/platform/sa/controller, found 'x'")]
    [InlineData("{commonName: x, role: admin}", "identities[0].role: expected read or operate, found 'admin'")]
    [InlineData("{commonName: x}", "identities[0]: needs a role: read or operate")]
    [InlineData("{role: read}", "identities[0]: expected one of uri and commonName, found none")]
    [InlineData("{commonName: x, uri: 'spiffe://a/b', role: read}", "identities[0]: expected one of uri and commonName, found both")]
    [InlineData("{commonName: x, rol: read, role: read}", "identities[0].rol: unknown field, did you mean role? (possible here: uri, commonName, role)")]
    public void A_wrong_identity_is_named(string identity, string error)
    {
        var errors = Errors($"grpc: {{tcp: {{certificate: /a, key: /b, clientCa: /c, identities: [{identity}]}}}}");
        Assert.EndsWith(error, Assert.Single(errors));
    }

    [Fact]
    public void Nobody_as_a_client_is_a_mistake() =>
        Assert.Contains("nobody would have a role", Assert.Single(Errors("grpc: {tcp: {certificate: /a, key: /b, clientCa: /c, identities: []}}")));

    [Fact]
    public void Flags_go_before_the_environment_and_that_before_the_file()
    {
        var level = ConfigurationOptions.Find("log.level")!;
        var interval = ConfigurationOptions.Find("metrics.interval")!;
        var result = ConfigurationReader.Read("c.yaml", "log: {level: error}\nmetrics: {interval: 9s}\ndrift: {tugOfWar: {repairs: 2}}"u8, [
            new(level, level.Variable, "warn"),
            new(interval, interval.Variable, "8s"),
            new(level, level.Flag, "debug"),
        ]);
        Assert.Equal((LogLevel.Debug, TimeSpan.FromSeconds(8), 2), (result.Configuration.Log.Level, result.Configuration.Metrics.Interval, result.Configuration.Drift.TugOfWarRepairs));
        Assert.Equal(["--log-level", "NODEAGENT_METRICS_INTERVAL", "c.yaml:3:20"], new[] { "log.level", "metrics.interval", "drift.tugOfWar.repairs" }.Select(k => result.Origins[k]));
    }

    [Fact]
    public void A_wrong_flag_is_named_as_one()
    {
        var level = ConfigurationOptions.Find("log.level")!;
        Assert.Equal("--log-level: expected debug, info, warn or error, found 'loud'", Assert.Single(ConfigurationReader.Read("c.yaml", [], [new(level, level.Flag, "loud")]).Errors).ToString());
    }

    [Theory]
    [InlineData("grpc.tcp.identities", "read=spiffe://a/b,operate=admin", "read=spiffe://a/b,operate=admin")]
    [InlineData("metrics.otlp.headers", "a=b%2Cc,d=e f", "a=b%2Cc,d=e%20f")]
    [InlineData("log.levels", "drift=debug, api=warn", "api=warn,drift=debug")]
    [InlineData("probes", "tcp:172.16.0.10:6443,gateway", "tcp:172.16.0.10:6443,gateway")]
    [InlineData("probes", "none", "none")]
    [InlineData("controlPlane", "172.16.0.10", "172.16.0.10:6443")]
    public void Lists_have_a_form_for_flags(string key, string text, string shown)
    {
        var option = ConfigurationOptions.Find(key)!;
        Assert.Equal(shown, option.Show(option.Parse(AgentConfiguration.Default, text)!));
    }

    [Fact]
    public void Each_option_shows_what_it_reads()
    {
        foreach (var option in ConfigurationOptions.All)
        {
            var shown = option.Show(AgentConfiguration.Default);
            if (shown.Length == 0) continue;
            Assert.Equal(shown, option.Show(option.Parse(AgentConfiguration.Default, shown)!));
        }
    }

    private static AgentConfiguration Read(string text)
    {
        var result = ConfigurationReader.Read("c.yaml", System.Text.Encoding.UTF8.GetBytes(text), []);
        Assert.Empty(result.Errors);
        return result.Configuration;
    }

    private static string[] Errors(string text) => [.. ConfigurationReader.Read("c.yaml", System.Text.Encoding.UTF8.GetBytes(text), []).Errors.Select(e => e.ToString())];
}
