using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sources;

/// <summary>Is told what a guest's source hears. From any thread, one call at a time for one guest; must return at once.</summary>
public interface IGuestSourceObserver
{
    void Heard(GuestProcess guest, in SourceEvent heard);
}
