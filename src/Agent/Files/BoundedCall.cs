namespace NodeAgent.Files;

/// <summary>
/// Calls what may never return (a driver that hangs in an ioctl or a read) on a thread of its own, and waits for it no longer than allowed.
/// While one call hangs no other is begun, so that nothing piles up; what it finds in the end is dropped. For one caller at a time.
/// </summary>
/// <param name="name">Of the thread.</param>
public sealed class BoundedCall(string name)
{
    private Thread? _hanging;

    /// <summary>A call was given up and has not come back yet.</summary>
    public bool IsStuck => _hanging is { IsAlive: true };

    /// <summary>False where the work did not end in time, or an earlier one still hangs. What the work throws is thrown here.</summary>
    public bool TryRun<T>(Func<T> work, TimeSpan limit, out T? result)
    {
        result = default;
        if (IsStuck) return false;
        T? found = default;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    found = work();
                }
                catch (Exception e)
                {
                    failure = e;
                }
            },
            256 * 1024)
        { IsBackground = true, Name = name };
        thread.Start();
        if (!thread.Join(limit))
        {
            _hanging = thread;
            return false;
        }

        _hanging = null;
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        result = found;
        return true;
    }
}
