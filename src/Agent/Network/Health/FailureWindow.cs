namespace NodeAgent.Network.Health;

/// <summary>How much a counter grew within the last ten minutes. One owner, no locks; a few numbers, however often it grows.</summary>
public sealed class FailureWindow
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    // The window moves in steps, so that a port which fails all the time costs no more than one which failed once.
    private const int Steps = 20;
    private static readonly TimeSpan s_step = Length / Steps;

    private readonly int[] _failures = new int[Steps];
    private long _last = -1;
    private long _step;

    /// <param name="count">The counter; smaller than before: it began anew.</param>
    /// <param name="now">Not earlier than any before.</param>
    public int Observe(long count, DateTimeOffset now)
    {
        Advance(now.UtcTicks / s_step.Ticks);
        if (_last >= 0 && count != _last) _failures[_step % Steps] += (int)Math.Min(count > _last ? count - _last : count, int.MaxValue / Steps);
        _last = count;
        var sum = 0;
        foreach (var failures in _failures) sum = (int)Math.Min((long)sum + failures, int.MaxValue);
        return sum;
    }

    private void Advance(long step)
    {
        if (step - _step >= Steps) Array.Clear(_failures);
        else while (_step < step) _failures[++_step % Steps] = 0;
        _step = Math.Max(step, _step);
    }
}
