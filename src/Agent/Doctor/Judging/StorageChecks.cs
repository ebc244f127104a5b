using System.Globalization;
using NodeAgent.Config;
using NodeAgent.Doctor.Facts;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;
using NodeAgent.Verdicts;

namespace NodeAgent.Doctor.Judging;

internal static class StorageChecks
{
    private const int ShownMaps = 3;
    public static readonly IReadOnlyList<Check<StorageFacts>> All =
    [
        new(
            "fc.count",
            static s => $"{s.FcCount} or more Fibre Channel ports",
            "with one adapter a broken cable, switch or adapter takes the volumes of all VMs away",
            static (facts, settings) => FcCount(facts.Reading, settings.FcCount)),
        new(
            "fc.speed",
            static s => $"{s.FcCount} or more online with {Amounts.Rate(s.FcSpeed)}",
            "all VMs of the node share these ports, and after the loss of one the rest carries everything",
            static (facts, settings) => FcSpeed(facts.Reading, settings.FcCount, settings.FcSpeed)),
        new(
            "service.multipathd",
            static _ => "runs and answers, where there is a SAN",
            "it alone finds out that a path works again: without it each failed path stays failed until none is left",
            static (facts, _) => Multipathd(facts.Reading)),
        new(
            "storage.maps",
            static _ => "every multipath map with all its paths, over more than one adapter",
            "the volumes of VMs; a map on its last path loses them with the next fault",
            Maps),
        new(
            "multipath.conf",
            static _ => "nothing that hides paths or waits without end",
            "with no_path_retry queue a VM, and kubelet with it, hangs unkillably when its last path is lost, instead of getting an I/O error",
            Configuration),
    ];

    private static Finding FcCount(StorageReading reading, int wanted)
    {
        var ports = Ports(reading);
        if (ports.Count == 0 && Others(reading) is { Length: > 0 } others) return Finding.Absent($"none; volumes come over {others}");
        var found = ports.Count == 0 ? "none" : $"{ports.Count}: {string.Join(", ", ports.Select(static p => p.Name))}";
        if (ports.Count >= wanted) return Finding.Ok(found);
        return Finding.Fail(found, ports.Count == 0
            ? $"add Fibre Channel adapters, or load their driver (lpfc, qla2xxx: `lspci -k`); where storage is hyper-converged by design, name fc.count in doctor.skip"
            : "add an adapter, or find out why the other one does not show: `lspci -k`, `dmesg`");
    }

    private static Finding FcSpeed(StorageReading reading, int wanted, long speed)
    {
        var ports = Ports(reading);
        if (ports.Count == 0) return Finding.Absent("there is no port");
        // That there are too few is fc.count's affair.
        wanted = Math.Min(wanted, ports.Count);
        var found = string.Join(", ", ports.Select(static p => $"{p.Name} {p.State ?? "state unknown"}{(p.State == "Online" ? ", " + (p.Speed ?? "speed unknown") : "")}"));
        var fast = ports.Count(p => p.State == "Online" && Rate(p) >= speed);
        if (fast >= wanted) return Finding.Ok(found);
        var silent = ports.Count(static p => p.State is null || (p.State == "Online" && Rate(p) is null));
        if (fast + silent >= wanted) return Finding.Unknown($"{found}{(ports.SelectMany(static p => p.Errors).FirstOrDefault() is { } error ? $"; {error}" : "")}");
        return Finding.Fail(found, ports.Count(static p => p.State == "Online") < wanted
            ? "look at the cable, the module and the switch port of the ports that are not Online"
            : $"use adapters, modules and switch ports of {Amounts.Rate(speed)}");
    }

    private static Finding Multipathd(StorageReading reading)
    {
        var reason = reading.Source.Reason;
        const string start = "`systemctl enable --now multipathd`; if it runs, `multipathd show status` and its log say why it does not answer";
        switch (reading.Source.State)
        {
            case StorageSourceState.Multipathd:
                return Finding.Ok($"answers; {Plural.Of(reading.Maps.Count, "map")}");
            case StorageSourceState.Failed:
                return Finding.Unknown(reason);
            case var _ when reading.Maps.Count > 0:
                return Finding.Fail($"{Plural.Of(reading.Maps.Count, "map")}, and {reason}", start);
            case var _ when SanOf(reading) is { Length: > 0 } san:
                return Finding.Warn($"does not run or answer, and there is {san}: {reason}", start);
            case StorageSourceState.DeviceMapper:
                return Finding.Warn($"there are no maps, and {reason}", start);
            default:
                return Finding.Absent("this node has no multipath maps and no SAN");
        }
    }

    // As they stand now: what a map once had only the agent remembers.
    private static Finding Maps(StorageFacts facts, DoctorSettings settings)
    {
        var reading = facts.Reading;
        if (reading.Maps.Count == 0) return reading.Source.State == StorageSourceState.Failed ? Finding.Unknown(reading.Source.Reason) : Finding.Absent("there is none");
        var initiators = new Dictionary<string, StorageInitiator>(StringComparer.Ordinal);
        foreach (var initiator in reading.Initiators) initiators[initiator.Name] = initiator;
        var verdicts = reading.Maps.Select(map => (map.Name, MapJudge.Judge(map, MapHistory.None, new StorageSettings(), initiators, reading.Time).Verdict)).OrderByDescending(static m => m.Verdict.Severity).ToList();
        var bad = verdicts.Where(static m => m.Verdict.Severity != Severity.Ok).ToList();
        if (bad.Count == 0) return Finding.Ok(Plural.Of(verdicts.Count, "map"));
        var found = $"{bad.Count} of {Plural.Of(verdicts.Count, "map")}: {string.Join("; ", bad.Take(ShownMaps).Select(static m => $"{m.Name} {m.Verdict.Sentence}"))}{(bad.Count > ShownMaps ? "; …" : "")}";
        const string fix = "`nodeagent storage show` has every path of every map";
        return bad[0].Verdict.Severity switch
        {
            Severity.Critical => Finding.Fail(found, fix),
            Severity.Warning => Finding.Warn(found, fix),
            _ => Finding.Unknown(found, "run it as root"),
        };
    }

    private static Finding Configuration(StorageFacts facts, DoctorSettings settings)
    {
        if (facts.Configuration.Error is { } error) return Finding.Unknown(error);
        if (facts.Configuration.Value is not { } configuration)
        {
            return facts.Reading.Source.State == StorageSourceState.Multipathd
                ? Finding.Ok("there is none: multipathd's own defaults hold")
                : Finding.Absent("there is none");
        }

        if (configuration.Mistakes.Count > 0) return Finding.Warn(string.Join("; ", configuration.Mistakes.Take(3)), "put one keyword with its value on a line, and close each section: `multipathd show config local` has what multipathd made of it");
        foreach (var setting in configuration.Settings)
        {
            var text = $"{setting.Place}: {setting.Key} {setting.Value}";
            if (setting is { Key: "no_path_retry", Value: "queue" } || (setting.Key == "features" && setting.Value.Contains("queue_if_no_path", StringComparison.Ordinal)))
                return Finding.Warn(text, "set no_path_retry to a number of checks, such as 12 (a minute at the usual 5 s), after which I/O fails; `multipathd reconfigure` takes it over");
            if (setting is { Section: "blacklist", Key: "devnode", Value: "*" or ".*" or "^.*" } && !configuration.Settings.Any(static s => s.Section == "blacklist_exceptions"))
                return Finding.Warn($"{text}, and no exceptions: every disk is left alone", "blacklist only the node's own disks");
        }

        return Finding.Ok($"{Plural.Of(configuration.Settings.Count, "setting")}");
    }

    private static List<StorageInitiator> Ports(StorageReading reading) => [.. reading.Initiators.Where(static i => i.Transport == StorageTransport.FibreChannel)];

    // "iSCSI (2 sessions)"
    private static string Others(StorageReading reading)
    {
        var sessions = reading.Initiators.Count(static i => i.Transport == StorageTransport.Iscsi);
        var controllers = reading.Initiators.Count(static i => i.Transport is StorageTransport.NvmeTcp or StorageTransport.NvmeRdma or StorageTransport.NvmeFibreChannel);
        var texts = new List<string>();
        if (sessions > 0) texts.Add($"iSCSI ({Plural.Of(sessions, "session")})");
        if (controllers > 0) texts.Add($"NVMe-oF ({Plural.Of(controllers, "controller")})");
        return string.Join(" and ", texts);
    }

    private static string SanOf(StorageReading reading) => Ports(reading).Count > 0 ? "Fibre Channel" : reading.Initiators.Any(static i => i.Transport == StorageTransport.Iscsi) ? "iSCSI" : "";

    // "16 Gbit"
    private static long? Rate(StorageInitiator port) =>
        port.Speed is { } speed && speed.EndsWith(" Gbit", StringComparison.Ordinal) && int.TryParse(speed.AsSpan(0, speed.Length - 5), NumberStyles.None, CultureInfo.InvariantCulture, out var gigabits)
            ? gigabits * 1_000_000_000L
            : null;
}
