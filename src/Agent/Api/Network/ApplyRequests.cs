using NodeAgent.Api.Mapping;
using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Planning;

namespace NodeAgent.Api.Network;

/// <summary>Reads the requests of Apply.</summary>
internal static class ApplyRequests
{
    private const int MaxRequestId = 128;

    /// <summary>A week: nobody waits longer, and it fits every clock.</summary>
    private const long MaxConfirmSeconds = 7 * 24 * 3600;

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: something in it is missing or wrong.</exception>
    public static ApplyRequest Read(V1.ApplyRequest wire)
    {
        if (wire.RequestId.Length > MaxRequestId) throw StatusDetails.BadField("request_id", $"is {wire.RequestId.Length} characters long, {MaxRequestId} are allowed");
        if (wire.Confirm is { } confirm && (confirm.Seconds < 0 || confirm.Nanos < 0 || confirm is { Seconds: 0, Nanos: 0 } || confirm.Seconds > MaxConfirmSeconds))
        {
            throw StatusDetails.BadField("confirm", "expected more than 0 s and at most 7 days");
        }

        for (var i = 0; i < wire.Probes?.Probes.Count; i++)
        {
            if (ProbeMapping.Problem(wire.Probes.Probes[i]) is { } problem) throw StatusDetails.BadField($"probes.probes[{i}]", problem);
        }

        return new ApplyRequest
        {
            Document = DocumentRequest.Read(wire.Document),
            AllowDisrupt = wire.AllowDisrupt.ToHashSet(),
            Confirm = wire.Confirm?.ToTimeSpan(),
            Probes = wire.Probes is { } probes ? [.. probes.Probes.Select(ProbeMapping.FromWire)] : null,
        };
    }

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the document does not fit this node or other policies.</exception>
    public static V1.ChangeResult DryRun(INetworkEngine engine, ApplyRequest request)
    {
        var planned = engine.Plan(request.Document, request.AllowDisrupt);
        if (planned.Errors.Count > 0) throw InvalidDocuments.Status(planned.Errors);
        return Result(planned.Plan);
    }

    private static V1.ChangeResult Result(Plan plan)
    {
        var refused = plan.Refusals.Count > 0;
        var result = new V1.ChangeResult
        {
            Outcome = refused ? V1.ChangeOutcome.Refused : V1.ChangeOutcome.Planned,
            Message = refused ? plan.Refusals[0].Message : plan.IsEmpty ? "the node is as asked for" : $"{plan.Steps.Count} steps planned, nothing was changed",
            Plan = PlanMapping.ToWire(plan),
        };
        result.Causes.Add(plan.Refusals.Select(static r => r.Message));
        return result;
    }
}
