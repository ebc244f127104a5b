using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;
using NodeAgent.Tests.Kernel.Engine;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Examples;

/// <summary>Every document of examples/ that the running kernel has the parts for; the others are skipped, naming the part. In the VM none is.</summary>
public sealed class ExampleTests
{
    /// <summary>Documents that build on another one.</summary>
    private static readonly Dictionary<string, string> s_needs = new() { ["trunk-21-100.yaml"] = "layout-a.yaml" };

    private static readonly string s_folder = Path.Combine(ProjectFolder.Path, "examples");

    public static TheoryData<string> All => [.. Directory.GetFiles(s_folder, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void An_example_is_applied_and_goes_without_a_trace(string example)
    {
        var documents = new[] { s_needs.GetValueOrDefault(example), example }.OfType<string>().Select(Read).ToList();
        KernelSupport.Require([.. documents.SelectMany(Parts).Distinct()]);
        NetworkNamespace.Run(() =>
        {
            foreach (var nic in Rack.Nics)
            {
                Command.Line($"ip link add {nic} type veth peer name {nic}-sw");
                Command.Line($"ip link set {nic} up");
                Command.Line($"ip link set {nic}-sw up");
            }

            using var node = new TestEngine();
            foreach (var first in documents[..^1]) Apply(node, first);
            var before = NodePicture.Of(node.Engine.Observe());

            Apply(node, documents[^1]);

            Assert.NotEqual(before, NodePicture.Of(node.Engine.Observe()));
            var again = node.Engine.Plan(documents[^1], new HashSet<string>());
            Assert.Empty(again.Errors);
            Assert.Empty(again.Plan.Steps);

            var deleted = node.Engine.Delete(documents[^1].Name, node.Engine.Observe().Links.Keys.ToHashSet(), null, CancellationToken.None);
            Assert.True(deleted.Outcome == ApplyOutcome.Committed, deleted.Message);
            Assert.Equal(before, NodePicture.Of(node.Engine.Observe()));
        });
    }

    private static void Apply(TestEngine node, PolicyDocument document)
    {
        // Nobody is there to confirm it.
        var result = node.Engine.Apply(new ApplyRequest { Document = document with { Confirm = null }, Probes = [] }, null, CancellationToken.None);
        Assert.True(result.Outcome == ApplyOutcome.Committed, $"{document.Name}: {result.Outcome}: {result.Message}");
    }

    private static PolicyDocument Read(string example)
    {
        var result = DocumentReader.Load(Path.Combine(s_folder, example));
        Assert.Empty(result.Errors);
        return result.Document!;
    }

    private static IEnumerable<string> Parts(PolicyDocument document)
    {
        foreach (var link in document.Desired.Interfaces)
        {
            if (Kind(link.Type) is { } kind) yield return kind;
            if (link.Ports?.Any(port => port.Vlans is not null) == true) yield return KernelSupport.VlanFiltering;
        }
    }

    /// <summary>The kernel's name of what makes links of this type; null for hardware.</summary>
    private static string? Kind(InterfaceType? type) => type switch
    {
        null or InterfaceType.Ethernet => null,
        InterfaceType.LinuxBridge => "bridge",
        InterfaceType.Macvlan => "macvlan",
        var other => other.Value.ToText(),
    };
}
