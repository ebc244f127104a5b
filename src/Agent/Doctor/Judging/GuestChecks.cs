using NodeAgent.Config;
using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Judging;

internal static class GuestChecks
{
    public static readonly IReadOnlyList<Check<GuestFacts>> All =
    [
        new(
            "service.libvirt",
            static _ => "the libvirt of every guest takes connections",
            "statistics of guests and the progress of their migrations come from there",
            Judge),
    ];

    private static Finding Judge(GuestFacts facts, DoctorSettings settings)
    {
        if (facts.Servers.Count == 0)
        {
            return facts.Qemus == 0
                ? Finding.Absent("no guest runs here")
                : Finding.Ok($"{Plural.Of(facts.Qemus, "guest")}, run without libvirt");
        }

        var silent = facts.Servers.Where(static s => s.Error is not null).ToList();
        var found = $"{facts.Servers.Count - silent.Count} of {facts.Servers.Count} take connections";
        if (silent.Count == 0) return Finding.Ok(found);
        var first = silent[0];
        return silent.TrueForAll(static s => s.NotPermitted)
            ? Finding.Unknown($"{Plural.Of(silent.Count, "libvirt daemon")}: only root may see whether they take connections", "run it as root")
            : Finding.Warn($"{found}; process {first.Pid}: {first.Error}", "its guest is out of control: look at the log of its virt-launcher pod, or at `systemctl status libvirtd virtqemud` where the host runs it");
    }
}
