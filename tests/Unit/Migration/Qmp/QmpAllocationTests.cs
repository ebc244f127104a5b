using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp;
using NodeAgent.Tests.Support.Migrations;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Qmp;

/// <summary>A sample allocates nothing, from the request to what is made of the answer: over a real socket, with nobody else at work.</summary>
[Collection(nameof(Hosting.LeakTests.Alone))]
public sealed class QmpAllocationTests
{
    private const int Attempts = 50;
    private const int Samples = 500;

    [Fact]
    public async Task A_sample()
    {
        using var folder = new Folder();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var path = Path.Combine(folder.Path, "agent.sock");
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        new Thread(() => Serve(listener)) { IsBackground = true }.Start();
        var sources = new QmpSources(HostPaths.Default, TimeProvider.System, NullLogger.Instance, TimeSpan.Zero);
        await using var source = (await sources.TryOpenAsync(OwnProcess.Guest(path), new SourceNotes(), default))!;
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Samples; i++)
            {
                if ((await source.SampleAsync(default)).Phase != MigrationPhase.Active) throw new InvalidOperationException("no sample");
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least / Samples, 0, 0);
    }

    /// <summary>Answers every command alike but for its id, and allocates nothing.</summary>
    private static void Serve(Socket listener)
    {
        using var client = listener.Accept();
        client.Send(Encoding.UTF8.GetBytes(FakeMonitor.Hello + "\r\n"));
        var (request, reply) = (new byte[4096], new byte[4096]);
        var head = """{"return": {"status": "active", "total-time": 900, "ram": {"total": 4000, "remaining": 3000, "dirty-sync-count": 2, "mbps": 8.5, "page-size": 4096}}, "id": """u8.ToArray();
        var list = """{"return": [{"state": true, "capability": "events"}], "id": """u8.ToArray();
        while (client.Receive(request) is > 0 and var length)
        {
            var asked = request.AsSpan(0, length);
            var answer = asked.IndexOf("query-migrate-capabilities"u8) >= 0 ? list : head;
            var id = asked[(asked.LastIndexOf((byte)':') + 1)..asked.LastIndexOf((byte)'}')];
            answer.CopyTo(reply.AsSpan());
            id.CopyTo(reply.AsSpan(answer.Length));
            "}\r\n"u8.CopyTo(reply.AsSpan(answer.Length + id.Length));
            client.Send(reply, 0, answer.Length + id.Length + 3, SocketFlags.None);
        }
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("monitor-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
