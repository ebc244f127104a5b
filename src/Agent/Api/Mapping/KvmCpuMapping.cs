using NodeAgent.Kvm.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>The processor, to messages and back.</summary>
internal static class KvmCpuMapping
{
    public static V1.KvmCpu ToWire(KvmCpu cpu)
    {
        var message = new V1.KvmCpu
        {
            Architecture = cpu.Architecture,
            LogicalCpus = cpu.LogicalCpus,
            HypervisorGuest = cpu.IsHypervisorGuest,
            Flags = { cpu.Flags },
            Features = { cpu.Features },
            Tsc = new V1.KvmTsc { Constant = cpu.Tsc.Constant, Nonstop = cpu.Tsc.NonStop },
            Firmware = KvmWords.Of(cpu.Firmware.State),
            FirmwareSource = cpu.Firmware.Source,
        };
        if (cpu.Vendor is { } vendor) message.Vendor = vendor;
        if (cpu.Model is { } model) message.Model = model;
        if (cpu.Family is { } family) message.Family = family;
        if (cpu.ModelNumber is { } number) message.ModelNumber = number;
        if (cpu.Stepping is { } stepping) message.Stepping = stepping;
        if (cpu.Microcode is { } microcode) message.Microcode = microcode;
        if (cpu.Sockets is { } sockets) message.Sockets = sockets;
        if (cpu.Cores is { } cores) message.Cores = cores;
        if (KvmWords.Of(cpu.Virtualization) is { } virtualization) message.Virtualization = virtualization;
        if (cpu.PhysicalAddressBits is { } bits) message.PhysicalAddressBits = bits;
        if (cpu.Tsc.Scalable is { } scalable) message.Tsc.Scalable = scalable;
        if (cpu.Tsc.FrequencyKhz is { } khz) message.Tsc.FrequencyKhz = khz;
        return message;
    }

    public static KvmCpu FromWire(V1.KvmCpu message) => new()
    {
        Architecture = message.Architecture,
        Vendor = message.HasVendor ? message.Vendor : null,
        Model = message.HasModel ? message.Model : null,
        Family = message.HasFamily ? message.Family : null,
        ModelNumber = message.HasModelNumber ? message.ModelNumber : null,
        Stepping = message.HasStepping ? message.Stepping : null,
        Microcode = message.HasMicrocode ? message.Microcode : null,
        LogicalCpus = message.LogicalCpus,
        Sockets = message.HasSockets ? message.Sockets : null,
        Cores = message.HasCores ? message.Cores : null,
        Virtualization = KvmWords.VirtualizationOf(message.HasVirtualization ? message.Virtualization : null),
        IsHypervisorGuest = message.HypervisorGuest,
        PhysicalAddressBits = message.HasPhysicalAddressBits ? message.PhysicalAddressBits : null,
        Flags = [.. message.Flags],
        Features = [.. message.Features],
        Tsc = new KvmTsc(
            message.Tsc.Constant,
            message.Tsc.Nonstop,
            message.Tsc.HasScalable ? message.Tsc.Scalable : null,
            message.Tsc.HasFrequencyKhz ? message.Tsc.FrequencyKhz : null),
        Firmware = new CpuFirmware(KvmWords.FirmwareOf(message.Firmware), message.FirmwareSource),
    };
}
