using System.Globalization;
using NodeAgent.Files;

namespace NodeAgent.Network.Drift;

/// <summary>Who changed a link, from the netlink address in the kernel's event: for a program's first socket that is its process id.</summary>
internal sealed class Attribution(HostPaths paths, uint ownAddress)
{
    private readonly Dictionary<string, string> _by = new(StringComparer.Ordinal);

    /// <summary>Looked up at once: the program may be gone a moment later.</summary>
    public void Heard(IReadOnlyDictionary<string, uint> senders)
    {
        foreach (var (link, sender) in senders)
        {
            if (sender != ownAddress) _by[link] = Describe(sender);
        }
    }

    public string? Of(string link) => _by.GetValueOrDefault(link);

    public void Forget() => _by.Clear();

    private string Describe(uint sender)
    {
        var process = sender.ToString(CultureInfo.InvariantCulture);
        var name = HostFile.Read(Path.Combine(paths.Proc, process, "comm"));
        if (name.IsFound) return $"process {process} ({name.Text})";
        return name.IsAbsent ? $"process {process}, which has ended" : $"process {process}";
    }
}
