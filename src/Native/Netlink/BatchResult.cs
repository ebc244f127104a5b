using System.Collections;

namespace NodeAgent.Native.Netlink;

/// <summary>The outcome of each request of a batch, in its order: null for done, else why not.</summary>
public sealed class BatchResult : IReadOnlyList<NetlinkException?>
{
    private readonly NetlinkException?[] _errors;

    internal BatchResult(NetlinkException?[] errors) => _errors = errors;

    public int Count => _errors.Length;

    public NetlinkException? this[int index] => _errors[index];

    public bool Succeeded => FirstError is null;

    public NetlinkException? FirstError => Array.Find(_errors, static error => error is not null);

    /// <summary>All refusals, in order.</summary>
    public IEnumerable<NetlinkException> Errors => _errors.OfType<NetlinkException>();

    public BatchResult ThrowIfFailed() => FirstError is { } error ? throw error : this;

    public IEnumerator<NetlinkException?> GetEnumerator() => ((IEnumerable<NetlinkException?>)_errors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _errors.GetEnumerator();
}
