using Grpc.Core;
using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Migration;

/// <summary>Why a dirty rate was not measured, as the status that migration.proto has for it.</summary>
internal static class MeasurementErrors
{
    public static RpcException Status(Exception error, IMigrationBoard board, string uuid, ServerCallContext context, ILogger log)
    {
        if (error is GuestSourceException source) return new RpcException(new Status(Code(source.Fault, board, uuid), source.Message));
        log.Defect(context.Method, error);
        return new RpcException(new Status(StatusCode.Internal, $"a defect of the agent, its log has more: {error.Message}"));
    }

    private static StatusCode Code(GuestSourceFault fault, IMigrationBoard board, string uuid) => fault switch
    {
        GuestSourceFault.Absent => StatusCode.NotFound,
        GuestSourceFault.Unsupported => StatusCode.FailedPrecondition,
        // The two ways to be busy: a job that measuring would block, or a measurement a moment ago.
        GuestSourceFault.Busy => Migrates(board, uuid) ? StatusCode.FailedPrecondition : StatusCode.ResourceExhausted,
        _ => StatusCode.Unavailable,
    };

    private static bool Migrates(IMigrationBoard board, string uuid)
    {
        var statuses = new List<MigrationStatus>();
        board.CopyTo(statuses);
        return statuses.Exists(status => status.Ended is null && status.Guest.Uuid.Equals(uuid, StringComparison.OrdinalIgnoreCase));
    }
}
