using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using NodeAgent.Bench.Harness;

namespace NodeAgent.Bench.Start;

/// <summary>`nodeagent run` with one policy, from its start until it tells the service manager (sd_notify(3)) that it is ready.</summary>
internal sealed class DaemonReady(string policy)
{
    public override string ToString() => "nodeagent run, until READY=1";

    public TimeSpan Measure()
    {
        var folder = Directory.CreateTempSubdirectory("nodeagent-bench-").FullName;
        try
        {
            using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
            manager.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "notify")));
            return Until(manager, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private TimeSpan Until(Socket manager, string folder)
    {
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllText(Path.Combine(Folder("policies"), "bench.yaml"), policy);
        string[] arguments = ["run", "--state-dir", Folder("state"), "--run-dir", Folder("run"), "--policies-dir", Folder("policies")];
        var info = new ProcessStartInfo(Layout.File("out/nodeagent"), arguments) { RedirectStandardError = true };
        info.Environment["NOTIFY_SOCKET"] = Path.Combine(folder, "notify");
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        try
        {
            var message = new byte[4096];
            while (true)
            {
                var text = Encoding.UTF8.GetString(message, 0, manager.Receive(message));
                if (text.Split('\n').Contains("READY=1")) return Stopwatch.GetElapsedTime(start);
            }
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
