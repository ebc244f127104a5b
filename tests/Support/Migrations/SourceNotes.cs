using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Tests.Support.Migrations;

/// <summary>Notes what sources heard.</summary>
public sealed class SourceNotes : IGuestSourceObserver
{
    private readonly Lock _lock = new();
    private readonly List<SourceEvent> _events = [];

    public IReadOnlyList<SourceEvent> Events
    {
        get
        {
            lock (_lock) return [.. _events];
        }
    }

    public bool Saw(SourceEventKind kind) => Events.Any(heard => heard.Kind == kind);

    public void Heard(GuestProcess guest, in SourceEvent heard)
    {
        lock (_lock) _events.Add(heard);
    }
}
