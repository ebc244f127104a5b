namespace NodeAgent.Cli.Sandbox;

/// <summary>A thread that stays in the network namespace in which it was made, while its maker goes into another. Threads that are started on it stay there too.</summary>
public sealed class HostThread : IDisposable
{
    private readonly ManualResetEventSlim _asked = new(), _done = new();
    private readonly Thread _thread;
    private Action? _work;
    private Exception? _failure;

    public HostThread()
    {
        _thread = new Thread(Wait) { IsBackground = true, Name = "host" };
        _thread.Start();
    }

    /// <summary>Does this there, once, and waits for it.</summary>
    public void Run(Action work)
    {
        _work = work;
        _asked.Set();
        _done.Wait();
        if (_failure is not null) throw new InvalidOperationException("outside of the sandbox: " + _failure.Message, _failure);
    }

    public void Dispose()
    {
        _asked.Set();
        _thread.Join();
        _asked.Dispose();
        _done.Dispose();
    }

    private void Wait()
    {
        _asked.Wait();
        try
        {
            _work?.Invoke();
        }
        catch (Exception e)
        {
            _failure = e;
        }

        _done.Set();
    }
}
