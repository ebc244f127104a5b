namespace NodeAgent.Tests.Unit.Cli;

/// <summary>Says each time that what a command printed is complete.</summary>
internal sealed class SignallingWriter : StringWriter
{
    private readonly SemaphoreSlim _flushed = new(0);

    public bool WaitForFlush() => _flushed.Wait(TimeSpan.FromSeconds(60));

    public override void Flush() => _flushed.Release();

    protected override void Dispose(bool disposing)
    {
        _flushed.Dispose();
        base.Dispose(disposing);
    }
}
