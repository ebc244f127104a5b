using NodeAgent.Doctor;
using NodeAgent.Network.Spec.Reading;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Config.Sections;

/// <summary>doctor: what a host should be.</summary>
internal static class DoctorSection
{
    private const int Most = 1 << 30;

    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        Number("doctor.cpu.cores", "least number of cores", 100_000, static d => d.CpuCores, static (d, v) => d with { CpuCores = v }),
        Bytes("doctor.memory.minimum", "least memory", static d => d.MemoryMinimum, static (d, v) => d with { MemoryMinimum = v }),
        Bytes("doctor.memory.recommended", "memory that is recommended", static d => d.MemoryRecommended, static (d, v) => d with { MemoryRecommended = v }),
        Number("doctor.nics.count", "least number of NICs", 1000, static d => d.NicCount, static (d, v) => d with { NicCount = v }),
        Number("doctor.nics.recommended", "number of NICs that is recommended", 1000, static d => d.NicRecommended, static (d, v) => d with { NicRecommended = v }),
        Rate("doctor.nics.speed", "least speed of a NIC", static d => d.NicSpeed, static (d, v) => d with { NicSpeed = v }),
        Number("doctor.fc.count", "least number of Fibre Channel ports", 1000, static d => d.FcCount, static (d, v) => d with { FcCount = v }),
        Rate("doctor.fc.speed", "least speed of a Fibre Channel port", static d => d.FcSpeed, static (d, v) => d with { FcSpeed = v }),
        new ConfigurationOption
        {
            Key = "doctor.kernel.version",
            Description = "oldest kernel",
            Expected = "a version such as 5.15",
            ValueName = "VERSION",
            Show = static c => c.Doctor.KernelVersion.ToString(),
            Parse = static (c, text) => Version.TryParse(text, out var version) ? Set(c, d => d with { KernelVersion = version }) : null,
        },
        Number("doctor.inotify.watches", "least fs.inotify.max_user_watches", Most, static d => d.InotifyWatches, static (d, v) => d with { InotifyWatches = v }),
        Number("doctor.inotify.instances", "least fs.inotify.max_user_instances", Most, static d => d.InotifyInstances, static (d, v) => d with { InotifyInstances = v }),
        Number("doctor.conntrack.used", "percent of the connection table that may be in use", 100, static d => d.ConntrackUsed, static (d, v) => d with { ConntrackUsed = v }),
        OptionKinds.Duration("doctor.clock.error", "largest error of the clock", TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), static c => c.Doctor.ClockError, static (c, v) => Set(c, d => d with { ClockError = v })),
        Bytes("doctor.state.free", "free space where the agent keeps its state", static d => d.StateFree, static (d, v) => d with { StateFree = v }),
        new ConfigurationOption
        {
            Key = "doctor.skip",
            Description = "checks that this node does not have to pass",
            Expected = "ids of checks such as fc.count (`nodeagent doctor --help` lists them)",
            ValueName = "ID",
            Show = static c => string.Join(',', c.Doctor.Skip),
            Parse = static (c, text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is var ids && ids.All(CheckIds.All.Contains) ? Set(c, d => d with { Skip = ids }) : null,
            Read = ReadSkip,
        },
    ];

    private static AgentConfiguration ReadSkip(AgentConfiguration configuration, YamlNode node, ReadContext context)
    {
        if (context.List(node, "doctor.skip", "a list of checks") is not { } list) return configuration;
        var ids = new List<string>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is YamlScalar scalar && CheckIds.All.Contains(scalar.Text)) ids.Add(scalar.Text);
            else context.Expected(list.Items[i], $"doctor.skip[{i}]", "the id of a check such as fc.count (`nodeagent doctor --help` lists them)");
        }

        return Set(configuration, d => d with { Skip = ids });
    }

    private static ConfigurationOption Number(string key, string description, int max, Func<DoctorSettings, int> get, Func<DoctorSettings, int, DoctorSettings> set) =>
        OptionKinds.Number(key, description, 0, max, c => get(c.Doctor), (c, value) => Set(c, d => set(d, value)));

    private static ConfigurationOption Bytes(string key, string description, Func<DoctorSettings, long> get, Func<DoctorSettings, long, DoctorSettings> set) => new()
    {
        Key = key,
        Description = description,
        Expected = "an amount such as 24GB or 24GiB",
        ValueName = "BYTES",
        Show = c => Quantities.Bytes(get(c.Doctor)),
        Parse = (c, text) => Quantities.TryBytes(text, out var bytes) ? Set(c, d => set(d, bytes)) : null,
    };

    private static ConfigurationOption Rate(string key, string description, Func<DoctorSettings, long> get, Func<DoctorSettings, long, DoctorSettings> set) => new()
    {
        Key = key,
        Description = description,
        Expected = "a speed such as 10Gbps",
        ValueName = "SPEED",
        Show = c => Quantities.Rate(get(c.Doctor)),
        Parse = (c, text) => Quantities.TryRate(text, out var speed) ? Set(c, d => set(d, speed)) : null,
    };

    private static AgentConfiguration Set(AgentConfiguration configuration, Func<DoctorSettings, DoctorSettings> change) => configuration with { Doctor = change(configuration.Doctor) };
}
