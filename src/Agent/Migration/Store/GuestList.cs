using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>Guests by namespace and name; sorted when somebody asks. Not safe for threads; the owner locks.</summary>
internal sealed class GuestList
{
    private readonly Dictionary<GuestProcess, GuestState> _byProcess = [];
    private IReadOnlyList<GuestState>? _sorted;

    public IReadOnlyList<GuestState> Sorted => _sorted ??=
    [
        .. _byProcess.Values
            .OrderBy(static g => g.Guest.Namespace ?? "", StringComparer.Ordinal)
            .ThenBy(static g => g.Guest.Name ?? g.Guest.Domain, StringComparer.Ordinal)
            .ThenBy(static g => g.Guest.Process.Pid),
    ];

    public void Put(GuestState guest)
    {
        _byProcess[guest.Guest.Process] = guest;
        _sorted = null;
    }

    public void Remove(GuestProcess guest)
    {
        if (_byProcess.Remove(guest)) _sorted = null;
    }
}
