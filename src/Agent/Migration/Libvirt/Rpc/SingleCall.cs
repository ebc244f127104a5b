using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>A call that is made once in a while.</summary>
internal sealed class SingleCall<T>(ReplyReader<T> read) : Call
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _answer.Task;

    public void Cancel(CancellationToken cancellation) => _answer.TrySetCanceled(cancellation);

    internal override void Answer(bool failed, ref XdrReader reader)
    {
        if (failed) _answer.TrySetException(new LibvirtErrorException(RemoteError.Read(ref reader)));
        else _answer.TrySetResult(read(ref reader));
    }

    internal override void Fail(GuestSourceException why) => _answer.TrySetException(why);
}
