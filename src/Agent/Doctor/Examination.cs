using NodeAgent.Config;
using NodeAgent.Files;

namespace NodeAgent.Doctor;

/// <summary>Reads all areas at once, each on a thread of its own, and waits for them no longer than allowed: one that throws or hangs costs its own lines only.</summary>
internal sealed class Examination(IReadOnlyList<IArea> areas, TimeSpan limit)
{
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(5);

    /// <param name="settings">What is wanted, and what does not count.</param>
    /// <param name="isAsked">Whether a check is wanted at all, by id: an area of which none is is not even read.</param>
    public DoctorReport Run(DoctorSettings settings, Predicate<string> isAsked)
    {
        var asked = areas.Where(area => area.Ids.Any(id => isAsked(id) && !settings.Skip.Contains(id))).ToHashSet();
        var results = new IReadOnlyList<CheckResult>[areas.Count];
        var threads = areas.Select((area, i) => asked.Contains(area) ? Start(area, found => results[i] = found, settings) : null).ToArray();
        foreach (var thread in threads) thread?.Join();

        var checks = new List<CheckResult>();
        for (var i = 0; i < areas.Count; i++)
        {
            foreach (var check in results[i] ?? areas[i].Unread("not read", settings))
            {
                if (isAsked(check.Id)) checks.Add(settings.Skip.Contains(check.Id) ? Skipped(check) : check);
            }
        }

        return new DoctorReport(checks);
    }

    private Thread Start(IArea area, Action<IReadOnlyList<CheckResult>> set, DoctorSettings settings)
    {
        var thread = new Thread(() => set(Examine(area, settings)), 256 * 1024) { IsBackground = true, Name = "doctor" };
        thread.Start();
        return thread;
    }

    private IReadOnlyList<CheckResult> Examine(IArea area, DoctorSettings settings)
    {
        try
        {
            return new BoundedCall("doctor reads").TryRun(() => area.Examine(settings), limit, out var results)
                ? results!
                : area.Unread($"reading {area.Name} did not end in {limit.TotalSeconds:0.#} s: a driver or program hangs", settings);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return area.Unread($"reading {area.Name} failed: {e.Message}", settings);
        }
    }

    private static CheckResult Skipped(CheckResult check) =>
        check with { Status = CheckStatus.Absent, Found = "does not count here: doctor.skip names it", Fix = null };
}
