using NodeAgent.Storage;
using NodeAgent.Storage.Model;
using NodeAgent.Tests.Unit.Storage;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>What happens to the storage of a node while somebody watches: each step once what came before is printed.</summary>
internal sealed class StorageStory(SignallingWriter output, CancellationTokenSource stop, StorageReading start) : IDisposable
{
    private Thread? _thread;

    public IDisposable Begin(IStorageObserver observer)
    {
        _thread = new Thread(() => Tell(observer)) { IsBackground = true, Name = "story" };
        _thread.Start();
        return this;
    }

    public void Dispose() => _thread?.Join(TimeSpan.FromSeconds(60));

    private void Tell(IStorageObserver observer)
    {
        var (a, b, c) = (start.Maps[0], start.Maps[1], start.Maps[2]);
        var mended = MapMaker.Of("sde A ready running host3 0x50a0981 0x1000 | sdf A ready running host4 0x50a0982 0x2000", "mpathb") with { SizeBytes = b.SizeBytes, Users = b.Users };
        var added = MapMaker.Of("sdx A ready running host3", "mpathx");
        (StorageReading Reading, string[] Changed)[] steps =
        [
            (start, []),
            (start with { Maps = [a, mended, c] }, ["mpathb"]),
            (start with { Maps = [a, mended, added] }, ["mpathc", "mpathx"]),
            (start with { Maps = [a, mended, added], Initiators = [start.Initiators[0], start.Initiators[1] with { State = "Online" }] }, []),
            (start with { Maps = [a, mended, added], Source = new StorageSource(StorageSourceState.DeviceMapper, "multipathd does not answer"), Initiators = [start.Initiators[0]] }, []),
        ];
        foreach (var (reading, changed) in steps)
        {
            observer.Read(reading, changed);
            if (!output.WaitForFlush()) break;
        }

        stop.Cancel();
    }
}
