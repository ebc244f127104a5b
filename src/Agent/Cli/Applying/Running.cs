using NodeAgent.Network.Applying;

namespace NodeAgent.Cli.Applying;

/// <summary>Runs a transaction with its progress on standard error; a signal makes the engine roll it back.</summary>
public static class Running
{
    public static ApplyResult Transaction(Invocation run, Func<IProgress<ApplyEvent>, CancellationToken, ApplyResult> work)
    {
        ApplyResult? result = null;
        run.Host.Interruptible(stop =>
        {
            var progress = new ProgressLines(run.Host.Error, run.Host.ErrorIsTerminal);
            try
            {
                result = work(progress, stop);
            }
            finally
            {
                progress.End();
            }

            return ExitCode.Done;
        });
        return result!;
    }
}
