using System.Text.Json;
using System.Text.Json.Nodes;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.Spec;
using NodeAgent.Network.Spec.Writing;
using Xunit;

namespace NodeAgent.Tests.Unit.Spec;

public sealed class RoundTripTests
{
    public static TheoryData<string> All => [.. Examples.Files.Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_written_reads_back_equal(string file) => AssertRoundTrip(DocumentReader.Load(Path.Combine(Examples.Folder, file)).Document!.Desired);

    [Fact]
    public void Every_field_of_every_type_reads_back_equal()
    {
        var types = Enum.GetValues<InterfaceType>().Where(t => t <= InterfaceType.Vxlan);
        var interfaces = types.Select(t => new InterfaceSpec("l-" + (int)t) { Type = t, State = InterfaceState.Up, Fields = Filled(LinkSchema.Common.Concat(LinkSchema.Own(t))) });
        AssertRoundTrip(new DesiredState { Interfaces = [.. interfaces] });
    }

    [Fact]
    public void Links_without_a_type_and_ports_with_options_read_back_equal()
    {
        AssertRoundTrip(new DesiredState
        {
            Interfaces =
            [
                new InterfaceSpec("br0") { Ports = [new PortSpec("a") { Options = Filled(BridgeFields.Port), Vlans = VlanTable.Of([new(5, 5, true, true), new(7, 9)]) }, new PortSpec("b")] },
                new InterfaceSpec("bond0") { Fields = new FieldSet().Set(BondFields.Mode, 4), Ports = [new PortSpec("c")] },
                new InterfaceSpec("nic") { Type = InterfaceType.Ethernet, MatchMac = "02:00:00:00:00:01", State = InterfaceState.Down, Ipv6 = new IpSpec { Enabled = false } },
                new InterfaceSpec("gone") { State = InterfaceState.Absent },
            ],
            Routes = [new RouteSpec { NextHopInterface = "br0", Absent = true }, new RouteSpec { Destination = Cidr("2001:db8::/32"), NextHopInterface = "nic", Metric = 5, Table = 100 }],
        });
    }

    [Fact]
    public void Every_table_of_vlans_reads_back_equal()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var pvid = random.Next(1, 40);
            var ranges = Enumerable.Range(0, random.Next(6)).Select(_ => Range(random)).ToList();
            if (random.Next(2) == 0) ranges.Add(new VlanRange(pvid, pvid, Pvid: true, Untagged: random.Next(2) == 0));
            AssertRoundTrip(new DesiredState { Interfaces = [new InterfaceSpec("br0") { Type = InterfaceType.LinuxBridge, Ports = [new PortSpec("a") { Vlans = VlanTable.Of(ranges) }] }] });
        }
    }

    [Fact]
    public void What_the_agent_stored_reads_back_though_nobody_may_ask_for_it()
    {
        var state = new DesiredState { Interfaces = [new InterfaceSpec("d0") { Type = InterfaceType.Dummy, Fields = new FieldSet().Set(CommonFields.Mtu, 70000) }] };
        Assert.NotEmpty(DocumentReader.Read("d.yaml", DocumentWriter.ToYaml(state)).Errors);
        Assert.Equal(Fingerprint.Of(state), Fingerprint.Of(DocumentReader.ReadStored("d.yaml", DocumentWriter.ToYaml(state)).Document!.Desired));
    }

    [Fact]
    public void Texts_that_look_like_something_else_are_quoted()
    {
        string[] texts =
        [
            "", "~", "null", "Null", "yes", "off", "y", "true", "0x1f", "1e3", "1_000", "12:30:45", "2020-01-01", ".5", "-a", "- a", "a: b", "a #b", "#a", "&a", "*a", "!a", "|", ">", "@a", "`a", "%a",
            "{a}", "[a]", "a,b", "'a'", "\"a\"", "a\\b", " a", "a ", "a  b", "a\nb", "a\tb", "\u0001", "\u0085", "\u2028", "é", "fe80::", "::1", "802.3ad", "10.0.0.1", "10.0.0.0/8", "02:00:00:00:00:01", "<<", "=", "a:", "---", "...", "?",
        ];
        var list = new JsonArray();
        foreach (var text in texts) list.Add(JsonValue.Create(text));
        var map = new JsonObject { ["list"] = list, ["empty"] = new JsonArray(), ["none"] = null, ["nested"] = new JsonArray(new JsonArray(1, new JsonArray()), new JsonObject()) };
        foreach (var text in texts.Where(t => t.Length > 0)) map["k" + text] = text;
        var errors = new List<SpecError>();
        var tree = NodeAgent.Network.Spec.Yaml.YamlTree.Read("t", YamlWriter.Write(map).Replace("\\u0001", "x", StringComparison.Ordinal), errors);
        Assert.Empty(errors);
        var read = Assert.IsType<NodeAgent.Network.Spec.Yaml.YamlMap>(tree);
        var items = Assert.IsType<NodeAgent.Network.Spec.Yaml.YamlList>(read["list"]).Items.Cast<NodeAgent.Network.Spec.Yaml.YamlScalar>().ToList();
        Assert.Equal(texts.Select(t => t.Replace("\u0001", "x", StringComparison.Ordinal)), items.Select(i => i.Text));
        Assert.DoesNotContain(items, i => i.IsNull);
        Assert.Equal(texts.Length - 1 + 4, read.Entries.Count);
    }

    private static VlanRange Range(Random random)
    {
        var first = random.Next(1, 40);
        return new VlanRange(first, first + random.Next(5), Untagged: random.Next(3) == 0);
    }

    private static FieldSet Filled(IEnumerable<Field> fields)
    {
        var set = new FieldSet();
        foreach (var field in fields)
        {
            set.Set(field, field.Type switch
            {
                FieldType.Flag => FieldValue.Of(true),
                FieldType.Number => FieldValue.Of(field.Max),
                FieldType.Choice => FieldValue.Of(field.Choices[^1].Number),
                FieldType.Mac => FieldValue.Of("12:34:56:12:34:56"),
                FieldType.LinkName => FieldValue.Of("0x10"),
                FieldType.Address => FieldValue.Of("2001:db8::"),
                _ => FieldValue.Of("192.0.2.1,192.0.2.2"),
            });
        }

        return set;
    }

    private static IpCidr Cidr(string text) => IpCidr.TryParse(text, out var cidr) ? cidr : throw new FormatException(text);

    private static void AssertRoundTrip(DesiredState state)
    {
        var yaml = DocumentWriter.ToYaml(state);
        var read = DocumentReader.Read("written.yaml", yaml);
        Assert.Empty(read.Errors);
        Assert.Equal(Fingerprint.Of(state), Fingerprint.Of(read.Document!.Desired));
        var json = DocumentReader.Read("written.json", DocumentWriter.ToJson(state).ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        Assert.Empty(json.Errors);
        Assert.Equal(Fingerprint.Of(state), Fingerprint.Of(json.Document!.Desired));
    }
}
