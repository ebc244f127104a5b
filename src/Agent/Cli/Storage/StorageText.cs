using System.Globalization;
using NodeAgent.Api.V1;
using NodeAgent.Network.View;
using NodeAgent.Storage.Judging;

namespace NodeAgent.Cli.Storage;

/// <summary>`storage show` for people: what is wrong first, a line for each map, the paths with their three states side by side, what they go over.</summary>
/// <param name="run">Where to, and in which colours.</param>
/// <param name="storage">What there is.</param>
/// <param name="all">The paths of every map, not only of those that are not well.</param>
internal sealed class StorageText(Invocation run, ListStorageResponse storage, bool all)
{
    /// <summary>More healthy maps than these are shown without their paths.</summary>
    private const int FewMaps = 8;

    private readonly List<MultipathMap> _maps = [.. storage.Maps.OrderBy(static m => m.Name, Comparer<string>.Create(NaturalOrder.Compare))];

    public void Write()
    {
        WriteHead();
        WriteProblems();
        WriteMaps();
        WritePaths();
        WriteInitiators();
    }

    private bool IsWithoutMultipathd => _maps.Count > 0 && storage.Source.State == StorageSourceState.DeviceMapper;

    private void WriteHead()
    {
        var problems = _maps.Count(static m => m.Severity != Severity.Ok) + (IsWithoutMultipathd ? 1 : 0);
        var state = problems == 0 ? run.Style.Good("no problems") : run.Style.Bad(Plural.Of(problems, "problem"));
        var source = storage.Source;
        if (_maps.Count > 0)
        {
            run.Out.WriteLine($"{Plural.Of(_maps.Count, "multipath map")}, {state}{(IsWithoutMultipathd ? "" : $"; {source.Reason}")}");
            return;
        }

        run.Out.WriteLine(source.State switch
        {
            StorageSourceState.Failed => run.Style.Bad($"The multipath maps could not be read: {source.Reason}"),
            StorageSourceState.Unsupported => $"No multipath maps are possible here: {source.Reason}",
            _ => $"No multipath maps: {source.Reason}",
        });
    }

    private void WriteProblems()
    {
        var table = new TextTable();
        foreach (var map in _maps.Where(static m => m.Severity != Severity.Ok).OrderBy(static m => m.Severity == Severity.Critical ? 0 : 1))
        {
            table.Add(new Cell("!", StorageWords.Paint(map.Severity, run.Style)), map.QueueingSince is { } since ? $"{map.Reason} (waiting for {Spans.Short(storage.Time.ToDateTimeOffset() - since.ToDateTimeOffset())})" : map.Reason);
        }

        if (IsWithoutMultipathd) table.Add(new Cell("!", run.Style.Warn), SourceWords.WithoutMultipathd(storage.Source.Reason));
        Section("Problems", table);
    }

    private void WriteMaps()
    {
        if (_maps.Count == 0) return;
        var table = new TextTable("MAP", "VERDICT", "PATHS", "SIZE", "DEVICE", "SINCE", "USED BY");
        foreach (var map in _maps)
        {
            var paths = Math.Max(map.BestUsablePaths, map.Groups.Sum(static g => g.Paths.Count));
            table.Add(
                map.Name,
                new Cell(StorageWords.Of(map.Verdict) + (map.Flapping ? ", flapping" : ""), StorageWords.Paint(map.Severity, run.Style)),
                $"{map.UsablePaths}/{paths}",
                map.SizeBytes == 0 ? "" : StorageWords.Size(map.SizeBytes),
                map.Device,
                Time(map.Since.ToDateTimeOffset()),
                Users(map));
        }

        run.Out.WriteLine();
        table.Write(run.Out, run.Style, run.Settings.Width);
    }

    private void WritePaths()
    {
        var shown = all || _maps.Count <= FewMaps ? _maps : _maps.FindAll(static m => m.Severity != Severity.Ok);
        var table = new TextTable("PATH", "DM", "CHECKER", "DEVICE", "PRIORITY", "FAILED", "HCTL", "OVER", "TARGET PORT");
        foreach (var map in shown) AddPaths(table, map);
        Section("Paths", table);
        if (shown.Count < _maps.Count) run.Out.WriteLine($"  {Plural.Of(_maps.Count - shown.Count, "healthy map")} left out; -v lists the paths of all");
    }

    private void AddPaths(TextTable table, MultipathMap map)
    {
        table.Add($"{map.Name}{(map.Product.Length > 0 ? $"  {map.Product}" : "")}  {map.Wwid}".TrimEnd());
        for (var g = 0; g < map.Groups.Count; g++)
        {
            var group = map.Groups[g];
            var lastGroup = g == map.Groups.Count - 1;
            table.Add($"{(lastGroup ? "└─ " : "├─ ")}{(group.Number == 0 ? group.State : $"group {group.Number} {group.State}")}{(group.Priority == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", priority {group.Priority}"))}");
            for (var p = 0; p < group.Paths.Count; p++) AddPath(table, (lastGroup ? "   " : "│  ") + (p == group.Paths.Count - 1 ? "└─ " : "├─ "), group.Paths[p]);
        }
    }

    private void AddPath(TextTable table, string branch, StoragePath path)
    {
        var style = run.Style;
        table.Add(
            branch + path.Device,
            new Cell(path.DmState, path.DmState == "active" ? style.Good : style.Bad),
            Word(path.CheckerState, path.CheckerState is "ready" or "ghost"),
            Word(path.DeviceState, path.DeviceState is "running" or "live"),
            path.HasPriority ? path.Priority.ToString(CultureInfo.InvariantCulture) : "",
            path.FailCount == 0 ? "" : path.FailCount.ToString(CultureInfo.InvariantCulture),
            path.Hctl,
            path.Fabric.Length > 0 ? $"{path.Initiator} {path.Fabric}" : path.Initiator,
            path.TargetPort);
    }

    private void WriteInitiators()
    {
        var table = new TextTable("ADAPTER OR SESSION", "TRANSPORT", "STATE", "SPEED", "FAR ENDS", "FABRIC", "LOCAL NAME");
        foreach (var initiator in storage.Initiators.OrderBy(static i => i.Name, Comparer<string>.Create(NaturalOrder.Compare)))
        {
            table.Add(initiator.Name, initiator.Transport, Word(initiator.State, InitiatorWords.IsUp(initiator.State) == true), initiator.Speed, Remotes(initiator), initiator.Fabric, initiator.LocalName);
        }

        Section("Adapters and sessions", table);
    }

    private Cell Word(string word, bool good) => word.Length == 0 ? new Cell("") : new Cell(word, good ? run.Style.Good : run.Style.Warn);

    private static string Remotes(StorageInitiator initiator)
    {
        var ports = initiator.RemotePorts;
        var states = ports.Where(static r => r.State.Length > 0).GroupBy(static r => r.State).Select(static g => $"{g.Count()} {g.Key}").ToList();
        return states.Count > 0 ? string.Join(", ", states) : ports.Count == 1 && ports[0].Address.Length > 0 ? ports[0].Address : ports.Count == 0 ? "" : ports.Count.ToString(CultureInfo.InvariantCulture);
    }

    private static string Users(MultipathMap map)
    {
        var users = map.Users.Select(static u => u.Kind == MapUserKind.Mount ? u.Name : $"{StorageWords.Of(u.Kind)} {u.Name}").ToList();
        return users.Count switch { 0 => "", <= 3 => string.Join(", ", users), _ => $"{string.Join(", ", users.Take(3))} and {users.Count - 3} more" };
    }

    private void Section(string head, TextTable table)
    {
        if (table.Count == 0) return;
        run.Out.WriteLine();
        run.Out.WriteLine(run.Style.Head(head));
        table.Write(run.Out, run.Style, run.Settings.Width, "  ");
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
