using NodeAgent.Doctor.Facts;
using NodeAgent.Files;

namespace NodeAgent.Doctor.Reading;

/// <summary>/sys/class/net (Documentation/ABI/testing/sysfs-class-net)</summary>
internal static class NicReader
{
    // ARPHRD_ETHER of linux/if_arp.h
    private const int Ethernet = 1;

    public static NicFacts Read(HostPaths paths)
    {
        var folder = Path.Combine(paths.Sys, "class/net");
        var nics = new List<Nic>();
        var leftOut = new List<string>();
        var names = HostFile.List(folder, out var error);
        foreach (var name in names)
        {
            var link = Path.Combine(folder, name);
            if (!Directory.Exists(Path.Combine(link, "device"))) continue;
            if (WhyNot(link) is { } reason) leftOut.Add($"{name} ({reason})");
            else nics.Add(Of(name, link));
        }

        return new NicFacts(nics, leftOut, error);
    }

    private static string? WhyNot(string link)
    {
        if (Directory.Exists(Path.Combine(link, "device/physfn"))) return "a virtual function of another";
        if (Directory.Exists(Path.Combine(link, "wireless")) || Directory.Exists(Path.Combine(link, "phy80211"))) return "wireless";
        if (LinkTarget(Path.Combine(link, "device/subsystem")) is "usb") return "USB: often the way to the machine's own management";
        var reading = HostFile.ReadNumber(Path.Combine(link, "type"), out var type);
        return reading.Error ?? (type == Ethernet ? null : "no Ethernet");
    }

    private static Nic Of(string name, string link)
    {
        var carrier = HostFile.Read(Path.Combine(link, "carrier"));
        var speed = Speed(link);
        if (!speed.IsFound && speed.Error is null && IsFailure(carrier)) speed = Known<long>.Failed(carrier.Error!);
        return new Nic(name, speed, carrier.Text switch { "1" => true, "0" => false, _ => null });
    }

    // In Mb/s; -1 (SPEED_UNKNOWN) where the driver does not know.
    private static Known<long> Speed(string link)
    {
        var reading = HostFile.ReadNumber(Path.Combine(link, "speed"), out var megabits);
        if (reading.IsFound) return megabits is > 0 and <= 10_000_000 ? Known<long>.Of(megabits * 1_000_000) : default;
        return IsFailure(reading) ? Known<long>.Failed(reading.Error!) : default;
    }

    // Carrier and speed of a link that is down are EINVAL.
    private static bool IsFailure(HostReading reading) => reading.Error is { } error && !error.Contains(": EINVAL (", StringComparison.Ordinal);

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is { } target ? Path.GetFileName(target) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
