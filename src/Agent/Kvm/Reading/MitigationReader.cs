using NodeAgent.Files;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>The processor's flaws, from /sys/devices/system/cpu/vulnerabilities: https://docs.kernel.org/admin-guide/hw-vuln/index.html.</summary>
internal static class MitigationReader
{
    public static List<Mitigation> Read(HostPaths paths, UnreadFiles files)
    {
        var folder = Path.Combine(paths.Sys, "devices/system/cpu/vulnerabilities");
        var found = new List<Mitigation>();
        foreach (var name in files.Names(folder))
        {
            var reading = HostFile.Read(Path.Combine(folder, name));
            if (reading.Error is { } error) files.Add(error);
            if (!reading.IsAbsent) found.Add(new Mitigation(name, reading.Text is { } text ? OneLine(text) : $"unknown: {reading.Error}", StateOf(reading.Text)));
        }

        return found;
    }

    /// <summary>The kernel's line begins with the state; only that of itlb_multihit has "KVM: " before it.</summary>
    public static MitigationState StateOf(string? text)
    {
        var rest = text.AsSpan();
        if (rest.StartsWith("KVM: ", StringComparison.Ordinal)) rest = rest[5..];
        if (rest.StartsWith("Not affected", StringComparison.Ordinal)) return MitigationState.NotAffected;
        if (rest.StartsWith("Mitigation", StringComparison.Ordinal)) return MitigationState.Mitigated;
        return rest.StartsWith("Vulnerable", StringComparison.Ordinal) ? MitigationState.Vulnerable : MitigationState.Unknown;
    }

    private static string OneLine(string text)
    {
        var end = text.IndexOf('\n');
        return end < 0 ? text : text[..end];
    }
}
