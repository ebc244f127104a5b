using NodeAgent.Migration.Guests;
using NodeAgent.Migration.Model;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

/// <summary>Notes what a monitor tells, of guests whose UUID a test knows.</summary>
internal sealed class HeardGuests : IGuestObserver
{
    private readonly Lock _gate = new();
    private readonly List<Guest> _came = [];
    private readonly List<GuestProcess> _left = [];

    public bool HasLooked { get; private set; }

    public Guest[] CameWith(string uuid)
    {
        lock (_gate) return [.. _came.Where(g => g.Uuid == uuid)];
    }

    public Guest[] CameFrom(int pid)
    {
        lock (_gate) return [.. _came.Where(g => g.Process.Pid == pid)];
    }

    public int LeftOf(GuestProcess process)
    {
        lock (_gate) return _left.Count(p => p == process);
    }

    public void Came(Guest guest)
    {
        lock (_gate) _came.Add(guest);
    }

    public void Left(GuestProcess guest)
    {
        lock (_gate) _left.Add(guest);
    }

    public void LookedOver() => HasLooked = true;
}
