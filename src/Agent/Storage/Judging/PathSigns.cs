using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>What three parties say of a path.</summary>
/// <param name="Dm">Device-mapper: active or failed; null: it does not have it.</param>
/// <param name="Checker">multipathd's checker.</param>
/// <param name="Device">The device.</param>
/// <param name="Bus">Who says so: "SCSI", "NVMe".</param>
internal readonly record struct PathSigns(bool? Dm, string? Checker, string? Device, string Bus)
{
    public static PathSigns Of(StoragePath path) => new(path.DmActive, path.CheckerState, path.DeviceState, PathWords.Bus(path));

    /// <summary>"device-mapper failed sdc although SCSI says running, the checker says faulty"</summary>
    public string Clause(IReadOnlyList<string> devices)
    {
        var names = Words.And(devices);
        var (be, them) = devices.Count == 1 ? ("is", "it") : ("are", "them");
        return Dm switch
        {
            null => $"multipathd knows {names} but device-mapper does not use {them}",
            true => $"{names} {be} {(Device is { } device && !PathWords.IsUp(device) ? $"{device} for {Bus}" : $"{Checker} for the checker")} although device-mapper has {them} as active",
            false when PathWords.IsUp(Device) => $"device-mapper failed {names} although {Bus} says {Device}{(IsCheckerUp ? " and" : Checker is null ? "" : ",")}{CheckerSays}",
            false when Device is not null => $"{names} {be} {Device} for {Bus}{(IsCheckerUp ? " although" + CheckerSays : "")}",
            false => $"device-mapper failed {names}{(Checker is null ? "" : "," + CheckerSays)}",
        };
    }

    private bool IsCheckerUp => Checker is "ready" or "ghost";

    private string CheckerSays => Checker is null ? "" : $" the checker says {Checker}";
}
