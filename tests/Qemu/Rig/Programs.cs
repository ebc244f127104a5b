using System.Collections.Concurrent;
using System.Diagnostics;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>
/// Starts programs that the kernel kills when this process ends, however it ends (PR_SET_PDEATHSIG). That signal comes when the thread
/// ends that started them: one thread starts all, and lives as long as the process.
/// </summary>
public static class Programs
{
    private static readonly BlockingCollection<Action> s_work = Begin();

    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var started = new TaskCompletionSource<Process>();
        s_work.Add(() =>
        {
            try
            {
                var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
                foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
                var process = Process.Start(start)!;
                process.StandardInput.Close();
                started.SetResult(process);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    private static BlockingCollection<Action> Begin()
    {
        var work = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in work.GetConsumingEnumerable()) start();
        })
        { IsBackground = true, Name = "programs" }.Start();
        return work;
    }
}
