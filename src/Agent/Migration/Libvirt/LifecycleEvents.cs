using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>What an event of a domain's life means to whoever follows its migrations.</summary>
internal static class LifecycleEvents
{
    /// <summary>At most two.</summary>
    /// <param name="lifecycle">The event.</param>
    /// <param name="tracker">Whether there was a migration.</param>
    /// <param name="at">When it came.</param>
    public static (SourceEvent? First, SourceEvent? Second) Of(Lifecycle lifecycle, JobTracker tracker, TimeSpan at)
    {
        var look = new SourceEvent(SourceEventKind.Look, at);
        if (lifecycle == Lifecycle.SuspendedMigrated) return (Stopped(at), null);
        if (lifecycle == Lifecycle.SuspendedPostcopy) return (Stopped(at), Phase(MigrationPhase.PostcopyActive, at));
        if (lifecycle == Lifecycle.SuspendedPostcopyFailed || lifecycle == Lifecycle.ResumedPostcopyFailed) return (Phase(MigrationPhase.PostcopyPaused, at), null);

        // On a source: it was cancelled, or failed, after the guest had been stopped.
        if (lifecycle == Lifecycle.ResumedMigrated) return (new SourceEvent(SourceEventKind.Resumed, at), look);
        if (lifecycle == Lifecycle.ResumedPostcopy) return (new SourceEvent(SourceEventKind.Resumed, at), Phase(MigrationPhase.PostcopyActive, at));
        if (lifecycle == Lifecycle.StoppedFailed && (tracker.IsUnderWay || tracker.IsArriving)) return (Phase(MigrationPhase.Failed, at), null);
        return lifecycle == Lifecycle.StartedMigrated || lifecycle.IsStop || lifecycle.IsCrash ? (look, null) : (null, null);
    }

    private static SourceEvent Stopped(TimeSpan at) => new(SourceEventKind.Stopped, at);

    private static SourceEvent Phase(MigrationPhase phase, TimeSpan at) => new(SourceEventKind.Phase, at) { Phase = phase };
}
