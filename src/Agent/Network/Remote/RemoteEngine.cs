using System.Net.Sockets;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using NodeAgent.Api.Mapping;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Remote;

/// <summary>The engine of the node's agent, over its socket. What it answers is what an engine in this process would.</summary>
public sealed class RemoteEngine : INetworkEngine, IDisposable
{
    private readonly RemoteCalls _calls;
    private readonly string _ssh;
    private readonly TimeProvider _clock;

    /// <param name="path">The agent's socket.</param>
    /// <param name="connected">A connection to it that is there already, or null.</param>
    /// <param name="sshConnection">The value of SSH_CONNECTION of whoever asks, or null.</param>
    /// <param name="clock">The clock of deadlines.</param>
    public RemoteEngine(string path, Socket? connected, string? sshConnection, TimeProvider clock)
    {
        _calls = new RemoteCalls(path, connected);
        _ssh = sshConnection ?? "";
        _clock = clock;
    }

    public NetworkState State() => StateMapping.FromWire(_calls.Answer(_calls.Network.GetNetworkStateAsync(new Api.V1.GetNetworkStateRequest(), deadline: Deadline)));

    public NetworkSnapshot Observe() => State().Snapshot;

    public WaitingTransaction? Waiting() => State().Waiting;

    public IReadOnlyList<PolicyStatus> Policies() =>
        [.. _calls.Answer(_calls.Network.ListPoliciesAsync(new Api.V1.ListPoliciesRequest(), deadline: Deadline)).Policies.Select(PolicyMapping.FromWire)];

    public IReadOnlyList<ControlPath> ControlPaths() =>
        [.. _calls.Answer(_calls.Network.ListControlPathsAsync(new Api.V1.ListControlPathsRequest { SshConnection = _ssh }, deadline: Deadline)).Paths.Select(ControlPathMapping.FromWire)];

    public IReadOnlyList<string> FreeMacs(int count, byte? prefix)
    {
        var request = new Api.V1.ListFreeMacAddressesRequest { Count = count };
        if (prefix is { } first) request.FirstByte = first;
        return [.. _calls.Answer(_calls.Network.ListFreeMacAddressesAsync(request, deadline: Deadline)).MacAddresses];
    }

    public PlanResult Plan(PolicyDocument document, IReadOnlySet<string> allowDisrupt)
    {
        var request = new Api.V1.PlanRequest { Document = DocumentMapping.ToWire(document), SshConnection = _ssh };
        request.AllowDisrupt.Add(allowDisrupt);
        try
        {
            using var call = _calls.Network.PlanAsync(request, deadline: Deadline);
            return new PlanResult { Plan = PlanMapping.FromWire(call.GetAwaiter().GetResult().Plan) };
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.InvalidArgument)
        {
            return new PlanResult { Errors = RemoteErrors.Of(e) };
        }
        catch (RpcException e)
        {
            throw _calls.Error(e);
        }
    }

    public ApplyResult Apply(ApplyRequest request, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
    {
        var change = new RemoteChange(_calls, _clock);
        var wire = new Api.V1.ApplyRequest
        {
            Document = DocumentMapping.ToWire(request.Document),
            Confirm = request.Confirm?.ToDuration(),
            Probes = request.Probes is { } probes ? ProbeMapping.ToWire(probes) : null,
            SshConnection = _ssh,
            RequestId = change.RequestId,
        };
        wire.AllowDisrupt.Add(request.AllowDisrupt);
        return change.Follow(_calls.Network.Apply(wire), static r => (r.Progress, r.Result), progress, cancellation);
    }

    public TransactionReply Confirm(string? transaction)
    {
        try
        {
            using var call = _calls.Network.ConfirmAsync(new Api.V1.ConfirmRequest { Transaction = transaction ?? "" }, deadline: Deadline);
            return new TransactionReply(true, call.GetAwaiter().GetResult().Message);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
        {
            return new TransactionReply(false, e.Status.Detail);
        }
        catch (RpcException e)
        {
            throw _calls.Error(e);
        }
    }

    public ApplyResult Rollback(string? transaction, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
    {
        var change = new RemoteChange(_calls, _clock);
        var wire = new Api.V1.RollbackRequest { Transaction = transaction ?? "", SshConnection = _ssh, RequestId = change.RequestId };
        wire.AllowDisrupt.Add(allowDisrupt);
        return change.Follow(_calls.Network.Rollback(wire), static r => (r.Progress, r.Result), progress, cancellation);
    }

    public ApplyResult Delete(string policy, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
    {
        var change = new RemoteChange(_calls, _clock);
        var wire = new Api.V1.DeletePolicyRequest { Policy = policy, SshConnection = _ssh, RequestId = change.RequestId };
        wire.AllowDisrupt.Add(allowDisrupt);
        return change.Follow(_calls.Network.DeletePolicy(wire), static r => (r.Progress, r.Result), progress, cancellation);
    }

    public void Watch(Action<NetworkChange> onChange, CancellationToken cancellation)
    {
        var links = new WatchedLinks();
        RemoteStream.FollowAsync(_calls, _clock, () => (links.Epoch, links.Version), Open, Take, cancellation).GetAwaiter().GetResult();

        AsyncServerStreamingCall<Api.V1.WatchLinksResponse> Open(long epoch, long version) =>
            _calls.Network.WatchLinks(new Api.V1.WatchLinksRequest { ResumeEpoch = epoch, ResumeVersion = version }, cancellationToken: cancellation);

        void Take(Api.V1.WatchLinksResponse message)
        {
            if (links.Take(message) is { } change) onChange(change);
        }
    }

    public void Dispose() => _calls.Dispose();

    private DateTime Deadline => RemoteCalls.Deadline(_clock);
}
