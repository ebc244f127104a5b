namespace Grpc.Core;

/// <summary>What the four kinds of client calls have in common: headers, status, trailers and the way to cancel.</summary>
internal readonly struct CallHandle(
    Func<object, Task<Metadata>> headers, Func<object, Status> status, Func<object, Metadata> trailers, Action<object> dispose, object state)
{
    public Task<Metadata> Headers => headers(state);

    public Status Status => status(state);

    public Metadata Trailers => trailers(state);

    public void Dispose() => dispose(state);

    /// <summary>Over delegates without a state.</summary>
    public static CallHandle From(Task<Metadata> headers, Func<Status> status, Func<Metadata> trailers, Action dispose) =>
        new(_ => headers, _ => status(), _ => trailers(), _ => dispose(), "");
}
