using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.Mapping;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Watching;

/// <summary>Puts what brings a reader to a version into as many messages as it needs: clients take no more than 4 MiB in one.</summary>
internal sealed class MigrationPacker(long epoch, DateTimeOffset now, MigrationDelta delta)
{
    /// <summary>Bytes after which a message is full: it goes into the first window of an HTTP/2 stream, and its bytes into an array that is not large.</summary>
    private const int Full = 60_000;

    private V1.WatchMigrationsResponse _message = new();
    private int _size;

    /// <summary>Migrations first, then what happened in them, made as they are taken.</summary>
    public IEnumerable<V1.WatchMigrationsResponse> Messages()
    {
        Begin();
        _message.FullState = delta.Full;
        for (var i = 0; i < delta.Changed.Count; i++)
        {
            if (_size >= Full) yield return Cut();
            _message.Changed.Add(Counted(MigrationMapping.ToWire(delta.Changed[i])));
        }

        for (var i = 0; i < delta.Events.Count; i++)
        {
            if (_size >= Full) yield return Cut();
            _message.Events.Add(Counted(MigrationEventMapping.ToWire(delta.Events[i])));
        }

        foreach (var id in delta.Removed)
        {
            if (_size >= Full) yield return Cut();
            _message.Removed.Add(id);
            _size += id.Length;
        }

        yield return _message;
    }

    private T Counted<T>(T part)
        where T : IMessage
    {
        _size += part.CalculateSize();
        return part;
    }

    private V1.WatchMigrationsResponse Cut()
    {
        var full = _message;
        full.More = true;
        Begin();
        return full;
    }

    private void Begin()
    {
        _message = new V1.WatchMigrationsResponse { Epoch = epoch, Version = delta.Version, Time = now.ToTimestamp() };
        _size = 0;
    }
}
