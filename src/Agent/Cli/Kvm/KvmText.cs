using System.Globalization;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Cli.Kvm;

/// <summary>`kvm show` for people: the sentence first, then what it rests on.</summary>
/// <param name="output">Where to.</param>
/// <param name="style">Colour or none.</param>
/// <param name="width">Columns.</param>
/// <param name="all">Also what says nothing new.</param>
internal sealed class KvmText(TextWriter output, Style style, int width, bool all)
{
    public void Write(KvmReport report)
    {
        var facts = report.Facts;
        if (report.Usable) Paragraph(report.Sentence, style.Good);
        else Paragraph($"KVM cannot be used: {report.Sentence}", style.Bad);
        if (report.Advice is { } advice) Paragraph(advice, style.Warn);
        output.WriteLine();
        WriteFacts(facts);
        WriteExtensions(facts.Device.Extensions);
        WriteHugepages(facts.Hugepages);
        WriteNodes(facts.NumaNodes);
        WriteMitigations(facts.Mitigations);
        if (all) WriteParameters(facts.Modules);
        var unread = new TextTable();
        foreach (var error in facts.Unread) unread.Add(error);
        Section("Not read", unread, "");
    }

    private void WriteFacts(KvmFacts facts)
    {
        var (device, cpu) = (facts.Device, facts.Cpu);
        var table = new TextTable();
        table.Add("Probe", new Cell(KvmWords.Of(device.Probe.Outcome) + In(device.Probe.Duration) + ": " + device.Probe.Reason, OutcomePaint(device.Probe.Outcome)));
        table.Add("Device", DeviceWords(device));
        table.Add("CPU", CpuWords(cpu));
        table.Add("Virtualization", $"{KvmWords.Of(cpu.Virtualization) ?? "unknown"}, firmware {KvmWords.Of(cpu.Firmware.State)} ({cpu.Firmware.Source})");
        table.Add("Features", cpu.Features.Count == 0 ? "unknown" : string.Join(' ', cpu.Features));
        table.Add("TSC", TscWords(cpu.Tsc));
        table.Add("Modules", facts.Modules.Count == 0 ? "none" : string.Join(", ", facts.Modules.Select(static m => $"{m.Name} ({KvmWords.Of(m.State)})")));
        table.Add("Nested", $"{Word(facts.Nested.Enabled, "on", "off")}: {facts.Nested.Reason}");
        table.Add("IOMMU", IommuWords(facts.Iommu));
        table.Add("KSM", facts.Ksm.Running == true ? $"on, {Number(facts.Ksm.PagesSharing ?? 0)} pages saved" : Word(facts.Ksm.Running, "on", "off"));
        table.Add("Host", HostWords(facts.Host));
        table.Write(output, style, width);
    }

    private void WriteExtensions(IReadOnlyList<KvmExtension> extensions)
    {
        var table = new TextTable("EXTENSION", "VALUE", "WHAT IT IS");
        var left = 0;
        foreach (var extension in extensions)
        {
            var kind = KvmExtensions.Of(extension.Name);
            if (!all && kind is not { Important: true }) left++;
            else table.Add(extension.Name, extension.Value == 0 ? new Cell("no", style.Faint) : new Cell(Number(extension.Value)), kind?.Meaning ?? "");
        }

        Section("Extensions", table, left > 0 ? $"{left} more with --all" : "");
    }

    private void WriteHugepages(IReadOnlyList<HugepagePool> pools)
    {
        var table = new TextTable("SIZE", "NUMA NODE", "TOTAL", "FREE", "RESERVED", "SURPLUS");
        foreach (var pool in pools)
            table.Add(Bytes(pool.SizeBytes), pool.NumaNode is { } node ? Number(node) : "all", Number(pool.Total), Number(pool.Free), Number(pool.Reserved), Number(pool.Surplus));
        Section("Hugepages", table, "");
    }

    private void WriteNodes(IReadOnlyList<NumaNode> nodes)
    {
        var table = new TextTable("NUMA NODE", "CPUS", "MEMORY", "FREE", "DISTANCES");
        foreach (var node in nodes) table.Add(Number(node.Id), node.Cpus ?? "-", Bytes(node.MemoryBytes), Bytes(node.FreeBytes), node.Distances ?? "-");
        Section("NUMA", table, "");
    }

    private void WriteMitigations(IReadOnlyList<Mitigation> mitigations)
    {
        var table = new TextTable();
        var left = 0;
        foreach (var one in mitigations)
        {
            if (!all && one.State == MitigationState.NotAffected) left++;
            else table.Add(one.Name, new Cell(one.Text, one.State is MitigationState.Vulnerable or MitigationState.Unknown ? style.Warn : null));
        }

        Section("Mitigations", table, left > 0 ? $"{left} that this processor is not affected by" : "");
    }

    private void WriteParameters(IReadOnlyList<KvmModule> modules)
    {
        var table = new TextTable();
        foreach (var module in modules)
        {
            foreach (var parameter in module.Parameters) table.Add($"{module.Name}.{parameter.Name}", parameter.Value);
        }

        Section("Parameters", table, "");
    }

    private void Section(string head, TextTable table, string note)
    {
        if (table.Count == 0 && note.Length == 0) return;
        output.WriteLine();
        output.WriteLine(note.Length == 0 ? style.Head(head) : $"{style.Head(head)}  {style.Faint(note)}");
        table.Write(output, style, width, "  ");
    }

    private void Paragraph(string text, Func<string, string> paint)
    {
        foreach (var line in TextWrap.Lines(text, width)) output.WriteLine(paint(line));
    }

    private Func<string, string>? OutcomePaint(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Passed => style.Good,
        ProbeOutcome.NotRun => null,
        _ => style.Bad,
    };

    private static string DeviceWords(KvmDevice device)
    {
        var words = device.Path;
        if (device.Owner is not null) words += $", owner {device.Owner}, group {device.Group}, mode {device.Mode}";
        if (device.ApiVersion is { } version) words += $", API version {Number(version)}";
        return device.State == KvmDeviceState.Open ? words : $"{words}: {KvmWords.Of(device.State)}";
    }

    private static string CpuWords(KvmCpu cpu)
    {
        var words = cpu.Model ?? "unknown model";
        if (cpu.Vendor is { } vendor) words += $" ({vendor}{Named(" family", cpu.Family)}{Named(" model", cpu.ModelNumber)}{Named(" stepping", cpu.Stepping)})";
        words += $", {cpu.Architecture}, {Plural.Of(cpu.LogicalCpus, "CPU")}";
        if (cpu is { Cores: { } cores, Sockets: { } sockets }) words += $", {Plural.Of(cores, "core")}, {Plural.Of(sockets, "socket")}";
        return cpu.Microcode is { } microcode ? $"{words}, microcode {microcode}" : words;
    }

    private static string TscWords(KvmTsc tsc) =>
        $"{(tsc.Constant ? "constant" : "not constant")}, {(tsc.NonStop ? "nonstop" : "stops in deep sleep")}, {Word(tsc.Scalable, "scalable", "not scalable")}"
        + (tsc.FrequencyKhz is { } khz ? $", {Number(khz)} kHz" : "");

    private static string IommuWords(IommuFacts iommu)
    {
        var words = iommu.Enabled ? $"on: {string.Join(' ', iommu.Units)}, {Plural.Of(iommu.Groups ?? 0, "group")}" : iommu.Groups is null ? "unknown" : "off: no units and groups, so no device can be given to a guest";
        return iommu.CommandLine.Count == 0 ? words : $"{words}; command line: {string.Join(' ', iommu.CommandLine)}";
    }

    private static string HostWords(HostMachine host)
    {
        var machine = string.Join(' ', new[] { host.Vendor, host.Product }.Where(static p => p is not null));
        var words = host.Virtualized switch
        {
            true => host.Hypervisor is { } name ? $"a virtual machine of {name}" : "a virtual machine of a hypervisor that does not say its name",
            false => host.Hypervisor is { } name ? $"bare metal under {name}" : "bare metal",
            null => "unknown",
        };
        return machine.Length == 0 ? words : $"{words}, {machine}";
    }

    private static string In(TimeSpan? duration) => duration is { } took ? string.Create(CultureInfo.InvariantCulture, $" in {took.TotalMilliseconds:0.0} ms") : "";

    private static string Named(string name, int? value) => value is { } number ? $"{name} {Number(number)}" : "";

    private static string Word(bool? value, string yes, string no) => value switch
    {
        true => yes,
        false => no,
        null => "unknown",
    };

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Bytes(long? bytes) => bytes switch
    {
        null => "-",
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes.Value / (double)(1L << 30):0.##} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes.Value / (double)(1L << 20):0.##} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes.Value / 1024.0:0.##} KiB"),
    };
}
