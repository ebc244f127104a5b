using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Traces;
using NodeAgent.Tests.Support.Migrations;

namespace NodeAgent.Bench.Migration;

/// <summary>Opens replays of recorded migrations, another one for each guest, none beginning with another.</summary>
internal sealed class ReplayedSources : IGuestSourceFactory
{
    private static readonly string[] s_names = ["q72-nonconverging", "q72-autoconverge", "q100-converging", "q100-postcopy", "q72-xbzrle", "q100-kvm-converging"];
    private readonly List<IReadOnlyList<TraceEntry>> _timelines;
    private readonly List<ReplayedSource> _opened = [];

    public ReplayedSources() => _timelines = [.. s_names.Select(static name => Timelines.Named("lab/" + name).Read().Entries)];

    /// <summary>Those opened so far.</summary>
    public IReadOnlyList<ReplayedSource> Opened
    {
        get
        {
            lock (_opened) return [.. _opened];
        }
    }

    public ValueTask<IGuestSource?> TryOpenAsync(Guest guest, IGuestSourceObserver observer, CancellationToken cancellation)
    {
        var source = new ReplayedSource(guest, observer, _timelines[guest.Process.Pid % _timelines.Count], TimeSpan.FromMilliseconds(37 * (guest.Process.Pid % 100)));
        lock (_opened) _opened.Add(source);
        return ValueTask.FromResult<IGuestSource?>(source);
    }
}
