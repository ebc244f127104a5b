using NodeAgent.Files;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Sysfs;

/// <summary>
/// Reads what sysfs says of paths' devices. What a device hangs on and what it is stays as long as its place in the tree does, so a second
/// reading of a path is that of a link and of its state. For one thread: a driver may hang in it.
/// </summary>
internal sealed class PathReader(HostPaths paths) : IPathReader
{
    private readonly Dictionary<DeviceNumber, (string Link, PathFacts Facts)> _known = [];

    public DeviceNumber Current { get; private set; }

    public PathFacts Read(DeviceNumber number)
    {
        Current = number;
        if (LinkOf($"{paths.Sys}/dev/block/{number}") is not { } link)
        {
            _known.Remove(number);
            return PathFacts.Gone;
        }

        var former = _known.TryGetValue(number, out var known) && known.Link == link ? known.Facts : null;
        var facts = former is { Error: null } ? WithState(former, link) : Fresh(link);
        if (facts.Equals(former)) return former!;
        _known[number] = (link, facts);
        return facts;
    }

    public void KeepOnly(IReadOnlyCollection<DeviceNumber> wanted)
    {
        if (_known.Count <= wanted.Count) return;
        foreach (var number in _known.Keys)
        {
            if (!wanted.Contains(number)) _known.Remove(number);
        }
    }

    private PathFacts WithState(PathFacts former, string link)
    {
        var state = HostFile.Read(StateFile(former.Route!, link));
        return former with { State = state.Text, Error = state.Error };
    }

    private PathFacts Fresh(string link)
    {
        var route = DeviceRoute.Parse(link);
        var device = $"{DeviceFolder(link)}/device";
        var state = HostFile.Read(StateFile(route, link));
        var vendor = HostFile.Read($"{device}/vendor");
        var model = HostFile.Read($"{device}/model");
        var address = HostFile.Read($"{device}/sas_address");
        var product = $"{vendor.Text} {model.Text}".Trim();
        return new PathFacts(route, state.Text, product.Length > 0 ? product : null, address.Text, state.Error ?? vendor.Error ?? model.Error);
    }

    private string StateFile(DeviceRoute route, string link) =>
        route is { Controller: { } controller, Hctl: null } ? $"{paths.Sys}/class/nvme/{controller}/state" : $"{DeviceFolder(link)}/device/state";

    private string DeviceFolder(string link) => Path.GetFullPath($"{paths.Sys}/dev/block/{link}");

    private static string? LinkOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
