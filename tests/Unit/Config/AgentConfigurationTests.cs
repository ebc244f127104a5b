using NodeAgent.Config;
using NodeAgent.Network.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Config;

public sealed class AgentConfigurationTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var configuration = Read("""
            controlPlane: [172.16.0.10, "172.16.0.11:8443", "[2001:db8::1]:443", "2001:db8::2"]
            probes:
            - gateway: {}
              timeout: 5s
            drift:
              tugOfWar: { repairs: 7, window: 2m }
            paths:
              state: /a
              run: /b
              policies: /c
            """);
        Assert.Equal(["172.16.0.10:6443", "172.16.0.11:8443", "[2001:db8::1]:443", "[2001:db8::2]:6443"], configuration.ControlPlane.Select(a => a.ToString()));
        Assert.Equal([new ProbeSpec { Kind = ProbeKind.Gateway, Timeout = TimeSpan.FromSeconds(5) }], configuration.Probes!);
        Assert.Equal(new DriftSettings { TugOfWarRepairs = 7, TugOfWarWindow = TimeSpan.FromMinutes(2) }, configuration.Drift);
        Assert.Equal(("/a", "/b", "/c"), (configuration.StateFolder, configuration.RunFolder, configuration.PoliciesFolder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public void An_empty_file_is_the_default(string text) => Assert.Equal(AgentConfiguration.Default, Read(text));

    [Fact]
    public void Every_error_comes_with_its_place()
    {
        Assert.Equal(
            [
                "c.yaml:1:16: controlPlane[0]: expected an address (not a name) such as 172.16.0.10 or 172.16.0.10:6443, found 'api.example'",
                "c.yaml:1:29: controlPlane[1]: expected an address (not a name) such as 172.16.0.10 or 172.16.0.10:6443, found '10.0.0.1:0'",
                "c.yaml:2:1: prob: unknown field (possible here: controlPlane, probes, drift, grpc, metrics, storage, migration, log, doctor, paths)",
                "c.yaml:3:9: drift.tugofwar: unknown field, did you mean tugOfWar? (possible here: tugOfWar)",
                "c.yaml:4:16: paths.state: expected a folder by its full path, such as /var/lib/nodeagent, found 'here'",
                "c.yaml:4:22: paths.runn: unknown field, did you mean run? (possible here: state, run, policies)",
            ],
            Errors("controlPlane: [api.example, 10.0.0.1:0]\nprob: []\ndrift: {tugofwar: {}}\npaths: {state: here, runn: /x}\n"));
        Assert.Equal(["c.yaml:1:31: drift.tugOfWar.window: expected a time from 1s to 24h, such as 30s, 2m or 1500ms, found '60'"], Errors("drift: {tugOfWar: { window:   60 }}"));
        Assert.Equal(["c.yaml:1:1: expected a map of keys and values, found a list"], Errors("[a]"));
        Assert.Equal(["c.yaml:1:2: the byte 0xFF here is not UTF-8; save the file as UTF-8"], [.. ConfigurationReader.Read("c.yaml", [(byte)'a', 0xFF], []).Errors.Select(e => e.ToString())]);
    }

    [Fact]
    public void A_file_that_is_not_there_is_the_default_unless_it_was_named()
    {
        Assert.Equal(AgentConfiguration.Default, Load("/nowhere/nodeagent.yaml").Configuration);
        Assert.Empty(Load("/nowhere/nodeagent.yaml").Errors);
        Assert.Equal("/nowhere/nodeagent.yaml: cannot be read: there is no such file", Load("/nowhere/nodeagent.yaml", required: true).Errors.Single().ToString());
        Assert.NotEmpty(Load("/").Errors);

        static ConfigurationResult Load(string path, bool required = false) => ConfigurationReader.Load(path, required, []);
    }

    private static AgentConfiguration Read(string text)
    {
        var result = ConfigurationReader.Read("c.yaml", System.Text.Encoding.UTF8.GetBytes(text), []);
        Assert.Empty(result.Errors);
        return result.Configuration;
    }

    private static string[] Errors(string text) => [.. ConfigurationReader.Read("c.yaml", System.Text.Encoding.UTF8.GetBytes(text), []).Errors.Select(e => e.ToString())];
}
