using Google.Protobuf.WellKnownTypes;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>What is known of KVM, to messages and back.</summary>
internal static class KvmMapping
{
    public static V1.KvmReport ToWire(KvmReport report)
    {
        var (facts, device) = (report.Facts, report.Facts.Device);
        var message = new V1.KvmReport
        {
            Checked = report.Checked.ToTimestamp(),
            Usable = report.Usable,
            State = KvmWords.Of(report.Reason),
            Reason = report.Sentence,
            Probe = new V1.KvmProbe { Outcome = KvmWords.Of(device.Probe.Outcome), Reason = device.Probe.Reason, Duration = device.Probe.Duration?.ToDuration() },
            Device = ToWire(device),
            Cpu = KvmCpuMapping.ToWire(facts.Cpu),
            Modules = { facts.Modules.Select(ToWire) },
            Nested = new V1.KvmNested { Reason = facts.Nested.Reason },
            Extensions = { device.Extensions.Select(static e => new V1.KvmExtension { Name = e.Name, Value = e.Value }) },
            Hugepages = { facts.Hugepages.Select(KvmMemoryMapping.ToWire) },
            NumaNodes = { facts.NumaNodes.Select(KvmMemoryMapping.ToWire) },
            Iommu = new V1.Iommu { Enabled = facts.Iommu.Enabled, Units = { facts.Iommu.Units }, CommandLine = { facts.Iommu.CommandLine } },
            Mitigations = { facts.Mitigations.Select(static m => new V1.Mitigation { Name = m.Name, State = KvmWords.Of(m.State), Text = m.Text }) },
            Ksm = KvmMemoryMapping.ToWire(facts.Ksm),
            Host = ToWire(facts.Host),
            Unread = { facts.Unread },
        };
        if (report.Advice is { } advice) message.Advice = advice;
        if (facts.Nested.Enabled is { } nested) message.Nested.Enabled = nested;
        if (facts.Iommu.Groups is { } groups) message.Iommu.Groups = groups;
        return message;
    }

    public static V1.KvmSummary Summary(KvmReport report)
    {
        var message = new V1.KvmSummary { Usable = report.Usable, State = KvmWords.Of(report.Reason), Reason = report.Sentence, Checked = report.Checked.ToTimestamp() };
        if (report.Advice is { } advice) message.Advice = advice;
        return message;
    }

    public static KvmReport FromWire(V1.KvmReport message) => new()
    {
        Checked = message.Checked.ToDateTimeOffset(),
        Usable = message.Usable,
        Reason = KvmWords.ReasonOf(message.State),
        Sentence = message.Reason,
        Advice = message.HasAdvice ? message.Advice : null,
        Facts = new KvmFacts
        {
            Cpu = KvmCpuMapping.FromWire(message.Cpu),
            Modules = message.Modules.Select(FromWire).ToArray(),
            Device = DeviceFrom(message),
            Nested = new KvmNested(message.Nested.HasEnabled ? message.Nested.Enabled : null, message.Nested.Reason),
            Hugepages = message.Hugepages.Select(KvmMemoryMapping.FromWire).ToArray(),
            NumaNodes = message.NumaNodes.Select(KvmMemoryMapping.FromWire).ToArray(),
            Iommu = new IommuFacts([.. message.Iommu.Units], message.Iommu.HasGroups ? message.Iommu.Groups : null, [.. message.Iommu.CommandLine]),
            Mitigations = message.Mitigations.Select(static m => new Mitigation(m.Name, m.Text, KvmWords.MitigationOf(m.State))).ToArray(),
            Ksm = KvmMemoryMapping.FromWire(message.Ksm),
            Host = FromWire(message.Host),
            Unread = [.. message.Unread],
        },
    };

    private static V1.KvmDevice ToWire(KvmDevice device)
    {
        var message = new V1.KvmDevice
        {
            Path = device.Path,
            State = KvmWords.Of(device.State),
            Owner = device.Owner ?? "",
            Group = device.Group ?? "",
            Mode = device.Mode ?? "",
            CreateBusy = device.CreateBusy,
        };
        if (device.Error is { } error) message.Error = error;
        if (device.ApiVersion is { } version) message.ApiVersion = version;
        if (device.CreateError is { } createError) message.CreateError = createError;
        return message;
    }

    private static KvmDevice DeviceFrom(V1.KvmReport message)
    {
        var (device, probe) = (message.Device, message.Probe);
        return new KvmDevice
        {
            State = KvmWords.DeviceStateOf(device.State),
            Path = device.Path,
            Owner = NullIfEmpty(device.Owner),
            Group = NullIfEmpty(device.Group),
            Mode = NullIfEmpty(device.Mode),
            Error = device.HasError ? device.Error : null,
            ApiVersion = device.HasApiVersion ? device.ApiVersion : null,
            CreateError = device.HasCreateError ? device.CreateError : null,
            CreateBusy = device.CreateBusy,
            Extensions = message.Extensions.Select(static e => new KvmExtension(e.Name, e.Value)).ToArray(),
            TscKhz = message.Cpu.Tsc.HasFrequencyKhz ? message.Cpu.Tsc.FrequencyKhz : null,
            Probe = new KvmProbe(KvmWords.OutcomeOf(probe.Outcome), probe.Reason, probe.Duration?.ToTimeSpan()),
        };
    }

    private static V1.KvmModule ToWire(KvmModule module)
    {
        var message = new V1.KvmModule { Name = module.Name, State = KvmWords.Of(module.State) };
        foreach (var parameter in module.Parameters) message.Parameters[parameter.Name] = parameter.Value;
        return message;
    }

    private static KvmModule FromWire(V1.KvmModule message) => new(
        message.Name,
        KvmWords.ModuleStateOf(message.State),
        message.Parameters.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => new KvmParameter(p.Key, p.Value)).ToArray());

    private static V1.HostMachine ToWire(HostMachine host)
    {
        var message = new V1.HostMachine();
        if (host.Virtualized is { } virtualized) message.Virtualized = virtualized;
        if (host.Hypervisor is { } hypervisor) message.Hypervisor = hypervisor;
        if (host.Vendor is { } vendor) message.Vendor = vendor;
        if (host.Product is { } product) message.Product = product;
        return message;
    }

    private static HostMachine FromWire(V1.HostMachine message) => new(
        message.HasVirtualized ? message.Virtualized : null,
        message.HasHypervisor ? message.Hypervisor : null,
        message.HasVendor ? message.Vendor : null,
        message.HasProduct ? message.Product : null);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
