using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api.Nodes;
using NodeAgent.Api.Watching;
using NodeAgent.Config;
using NodeAgent.Hosting;
using NodeAgent.Kvm;
using NodeAgent.Migration.Store;
using NodeAgent.Node;
using NodeAgent.Storage.Store;
using NodeAgent.Tests.Unit.Migration.History;
using NodeAgent.Tests.Unit.Node;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Api.Watching;

public sealed class NodeViewTests : IDisposable
{
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-view-");

    [Fact]
    public async Task A_page_that_cannot_be_made_is_said_once_and_made_at_a_later_change()
    {
        var (network, log, board, readiness) = (new LinkMaker(), new ListLog(), new BrokenBoard { IsBroken = true }, new Readiness());
        var state = network.Store();
        var verdicts = new VerdictBoard(TimeProvider.System);
        using var memory = new MapMemory(_folder.FullName, NullLogger.Instance, writes: false);
        using var storage = new StorageStore(1, verdicts, memory, new StorageSettings(), TimeProvider.System);
        var summary = new NodeSummary(HostPaths.Default, AgentConfiguration.Default, state, readiness, verdicts, storage, TimeProvider.System, new KvmBoard(), board);
        var view = new NodeView(summary, state, readiness, verdicts, null, TimeProvider.System, log);
        var told = new Pulse();
        view.Subscribe(told);
        Assert.True(await board.Broke.WaitAsync(s_enough));
        state.Publish(network.Put(LinkMaker.Link("a")));
        Assert.True(await board.Broke.WaitAsync(s_enough));

        board.IsBroken = false;
        state.Publish(network.Put(LinkMaker.Link("b")));
        await told.WaitAsync().AsTask().WaitAsync(s_enough);
        Assert.Equal(2, view.Since(0)!.Messages.Single().Node.Counts.Links);
        Assert.Equal(["WatchNode failed"], log.Texts());
        view.Unsubscribe(told);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class BrokenBoard : IMigrationBoard
    {
        public bool IsBroken { get; set; }

        /// <summary>Counts how often it was asked and broke.</summary>
        public SemaphoreSlim Broke { get; } = new(0);

        public long Epoch => 1;

        public long Version => 1;

        public bool IsReady
        {
            get
            {
                if (!IsBroken) return false;
                Broke.Release();
                throw new InvalidOperationException("a defect");
            }
        }

        public IReadOnlyList<GuestState> Guests => [];

        public void CopyTo(List<MigrationStatus> into)
        {
        }

        public bool Details(string id, MigrationDetails into) => false;

        public void Since(long version, MigrationDelta into)
        {
        }

        public IReadOnlyList<MigrationRecord> History(string? uuid, int limit) => [];

        public void Subscribe(Pulse watcher)
        {
        }

        public void Unsubscribe(Pulse watcher)
        {
        }
    }
}
