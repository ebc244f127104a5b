namespace NodeAgent.Kvm.Watching;

/// <summary>
/// When KVM is checked: at the start, once a minute, at once after an event, and again a second after the last event, since udev sets the
/// owner of /dev/kvm only after the kernel has told of it. A storm of events costs five checks a second at most.
/// </summary>
internal sealed class CheckSchedule(TimeProvider clock)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Time since this was made: a clock that is set must neither stop the checks nor bring many at once.
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan? _checked;
    private TimeSpan? _settled;
    private bool _pending = true;

    /// <summary>Until the next check; zero: now.</summary>
    public TimeSpan Left
    {
        get
        {
            if (_checked is not { } last) return TimeSpan.Zero;
            var next = last + Interval;
            if (_settled is { } settled && settled < next) next = settled;
            if (_pending && last + Pause < next) next = last + Pause;
            var left = next - Now;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_start);

    /// <summary>A check begins: what happens from here on counts for the next.</summary>
    public void Begin() => _pending = false;

    /// <summary>A check has ended.</summary>
    public void End()
    {
        _checked = Now;
        if (_settled <= _checked) _settled = null;
    }

    /// <summary>Something about KVM changed, or may have.</summary>
    public void Event()
    {
        _pending = true;
        _settled = Now + Settling;
    }
}
