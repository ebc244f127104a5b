using Google.Rpc;
using Grpc.Core;
using NodeAgent.Api;
using NodeAgent.Api.Mapping;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Remote;

/// <summary>The errors of a document out of an INVALID_ARGUMENT.</summary>
internal static class RemoteErrors
{
    public static IReadOnlyList<SpecError> Of(RpcException error)
    {
        if (StatusDetails.Find<Api.V1.InvalidDocument>(error) is { Errors.Count: > 0 } document) return [.. document.Errors.Select(ErrorMapping.FromWire)];
        return StatusDetails.Find<BadRequest>(error) is { FieldViolations.Count: > 0 } bad
            ? [.. bad.FieldViolations.Select(static v => new SpecError(default, v.Field, v.Description))]
            : [new SpecError(default, "", error.Status.Detail)];
    }
}
