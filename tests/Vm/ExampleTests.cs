using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>Every document of examples/ on a node with four NICs: applied, nothing left to do, and taken away without a trace.</summary>
public sealed class ExampleTests
{
    /// <summary>Documents that build on another one.</summary>
    private static readonly Dictionary<string, string> s_needs = new() { ["trunk-21-100.yaml"] = "layout-a.yaml" };

    public static TheoryData<string> Examples => [.. Directory.GetFiles(Path.Combine(AgentBinary.Root, "examples"), "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [VmTheory]
    [MemberData(nameof(Examples))]
    public void An_example_does_what_it_says_and_goes_without_a_trace(string example)
    {
        using var node = new RackNode();
        // As whoever installs a node leaves its NICs; a VLAN cannot be up on one that is down.
        foreach (var nic in Rack.Nics) node.Rack.Ip($"link set {nic} up");
        if (s_needs.TryGetValue(example, out var first)) node.ApplyExample(first);
        var before = node.Reader.Picture();
        // policy.yaml waits for a confirmation: there is nobody to give it.
        var document = File.ReadAllText(AgentBinary.Example(example)).Replace("confirm: 30s", "", StringComparison.Ordinal);
        var name = Path.GetFileNameWithoutExtension(example);
        var file = node.Document(name, document);

        node.Expect(3, $"net plan --detailed-exitcode -f {file}");
        var applied = node.Expect(0, $"net apply --probe none -o json -f {file}");

        Assert.Equal("committed", $"{applied.Json["outcome"]}");
        Assert.NotEqual(before, node.Reader.Picture());
        node.Expect(0, $"net plan --detailed-exitcode -f {file}");

        var links = string.Join(',', node.Reader.Links().Select(link => $"{link["ifname"]}"));
        node.Expect(0, $"net delete {applied.Json["policy"]} --allow-disrupt {links}");

        Assert.Equal(before, node.Reader.Picture());
    }
}
