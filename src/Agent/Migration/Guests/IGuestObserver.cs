using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Guests;

/// <summary>Is told which guests come and go. One call at a time; must return at once and may not throw.</summary>
public interface IGuestObserver
{
    void Came(Guest guest);

    void Left(GuestProcess guest);

    /// <summary>Once: every guest that was there at the start has been told of.</summary>
    void LookedOver()
    {
    }
}
