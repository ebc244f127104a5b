using NodeAgent.Migration.Libvirt.Rpc;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>Asks for the longest downtime that was allowed; nobody waits for the answer, later samples have it.</summary>
internal sealed class DowntimeLimitCall(RemoteDomain domain, JobTracker tracker) : Call
{
    private const ulong MostMilliseconds = 1UL << 40;

    private readonly byte[] _request = Requests.DowntimeLimit(domain);
    private volatile bool _isAsked;

    public void Ask(LibvirtConnection connection)
    {
        if (_isAsked) return;
        _isAsked = true;
        tracker.LimitIsAsked();
        connection.Send(_request, this);
    }

    internal override void Answer(bool failed, ref XdrReader reader)
    {
        if (!failed && reader.ReadUInt64() is var limit && limit < MostMilliseconds) tracker.LimitIs(TimeSpan.FromMilliseconds(limit));
        _isAsked = false;
    }

    internal override void Fail(GuestSourceException why) => _isAsked = false;
}
