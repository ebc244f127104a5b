using System.Text.Json.Nodes;
using NodeAgent.Cli.Show;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Cli.Kvm;

/// <summary>`kvm show` for programs. The names are a contract.</summary>
internal static class KvmJson
{
    public static JsonObject Of(KvmReport report)
    {
        var (facts, device) = (report.Facts, report.Facts.Device);
        return new JsonObject
        {
            ["usable"] = report.Usable,
            ["reason"] = report.Sentence,
            ["state"] = KvmWords.Of(report.Reason),
            ["advice"] = report.Advice,
            ["checked"] = ShowJson.Time(report.Checked),
            ["functionalProbe"] = new JsonObject
            {
                ["outcome"] = KvmWords.Of(device.Probe.Outcome),
                ["reason"] = device.Probe.Reason,
                ["durationSeconds"] = device.Probe.Duration?.TotalSeconds,
            },
            ["apiVersion"] = device.ApiVersion,
            ["device"] = new JsonObject
            {
                ["path"] = device.Path,
                ["state"] = KvmWords.Of(device.State),
                ["owner"] = device.Owner,
                ["group"] = device.Group,
                ["mode"] = device.Mode,
                ["error"] = device.Error ?? device.CreateError,
            },
            ["cpu"] = Cpu(facts.Cpu),
            ["modules"] = ShowJson.List(facts.Modules, Module),
            ["nested"] = new JsonObject { ["enabled"] = facts.Nested.Enabled, ["reason"] = facts.Nested.Reason },
            ["extensions"] = Extensions(device.Extensions),
            ["hugepages"] = ShowJson.List(facts.Hugepages, Pool),
            ["numaNodes"] = ShowJson.List(facts.NumaNodes, Node),
            ["iommu"] = new JsonObject
            {
                ["enabled"] = facts.Iommu.Enabled,
                ["units"] = Texts(facts.Iommu.Units),
                ["groups"] = facts.Iommu.Groups,
                ["commandLine"] = Texts(facts.Iommu.CommandLine),
            },
            ["mitigations"] = Mitigations(facts.Mitigations),
            ["ksm"] = new JsonObject { ["running"] = facts.Ksm.Running, ["pagesShared"] = facts.Ksm.PagesShared, ["pagesSharing"] = facts.Ksm.PagesSharing },
            ["host"] = new JsonObject
            {
                ["virtualized"] = facts.Host.Virtualized,
                ["hypervisor"] = facts.Host.Hypervisor,
                ["vendor"] = facts.Host.Vendor,
                ["product"] = facts.Host.Product,
            },
            ["unread"] = Texts(facts.Unread),
        };
    }

    private static JsonObject Cpu(KvmCpu cpu) => new()
    {
        ["architecture"] = cpu.Architecture,
        ["vendor"] = cpu.Vendor,
        ["model"] = cpu.Model,
        ["family"] = cpu.Family,
        ["modelNumber"] = cpu.ModelNumber,
        ["stepping"] = cpu.Stepping,
        ["microcode"] = cpu.Microcode,
        ["logicalCpus"] = cpu.LogicalCpus,
        ["sockets"] = cpu.Sockets,
        ["cores"] = cpu.Cores,
        ["virtualization"] = KvmWords.Of(cpu.Virtualization),
        ["firmware"] = new JsonObject { ["state"] = KvmWords.Of(cpu.Firmware.State), ["source"] = cpu.Firmware.Source },
        ["physicalAddressBits"] = cpu.PhysicalAddressBits,
        ["tsc"] = new JsonObject
        {
            ["constant"] = cpu.Tsc.Constant,
            ["nonstop"] = cpu.Tsc.NonStop,
            ["scalable"] = cpu.Tsc.Scalable,
            ["frequencyKhz"] = cpu.Tsc.FrequencyKhz,
        },
        ["features"] = Texts(cpu.Features),
        ["flags"] = Texts(cpu.Flags),
    };

    private static JsonObject Module(KvmModule module)
    {
        var parameters = new JsonObject();
        foreach (var parameter in module.Parameters) parameters[parameter.Name] = parameter.Value;
        return new JsonObject { ["name"] = module.Name, ["state"] = KvmWords.Of(module.State), ["parameters"] = parameters };
    }

    private static JsonObject Extensions(IReadOnlyList<KvmExtension> extensions)
    {
        var values = new JsonObject();
        foreach (var extension in extensions) values[extension.Name] = extension.Value;
        return values;
    }

    private static JsonObject Pool(HugepagePool pool) => new()
    {
        ["sizeBytes"] = pool.SizeBytes,
        ["numaNode"] = pool.NumaNode,
        ["total"] = pool.Total,
        ["free"] = pool.Free,
        ["reserved"] = pool.Reserved,
        ["surplus"] = pool.Surplus,
    };

    private static JsonObject Node(NumaNode node) => new()
    {
        ["id"] = node.Id,
        ["cpus"] = node.Cpus,
        ["memoryBytes"] = node.MemoryBytes,
        ["freeBytes"] = node.FreeBytes,
        ["distances"] = node.Distances,
    };

    private static JsonObject Mitigations(IReadOnlyList<Mitigation> mitigations)
    {
        var states = new JsonObject();
        foreach (var one in mitigations) states[one.Name] = new JsonObject { ["state"] = KvmWords.Of(one.State), ["text"] = one.Text };
        return states;
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => ShowJson.List(texts, static t => JsonValue.Create(t));
}
