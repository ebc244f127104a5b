using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using GrpcStatus = Grpc.Core.Status;
using RichStatus = Google.Rpc.Status;

namespace NodeAgent.Api;

/// <summary>Statuses with messages that say more, in the trailer grpc-status-details-bin as google.rpc.Status.</summary>
internal static class StatusDetails
{
    public const string Trailer = "grpc-status-details-bin";

    public static RpcException Error(StatusCode code, string message, params IEnumerable<IMessage> details)
    {
        var rich = new RichStatus { Code = (int)code, Message = message };
        foreach (var detail in details) rich.Details.Add(Any.Pack(detail));
        return new RpcException(new GrpcStatus(code, message), new Metadata { { Trailer, rich.ToByteArray() } });
    }

    /// <summary>INVALID_ARGUMENT for one field of a request.</summary>
    public static RpcException BadField(string field, string problem)
    {
        var bad = new BadRequest();
        bad.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = problem });
        return Error(StatusCode.InvalidArgument, $"{field}: {problem}", bad);
    }

    /// <summary>The first detail of a type, or null where the server gave none.</summary>
    public static T? Find<T>(RpcException error)
        where T : class, IMessage, new()
    {
        if (error.Trailers.GetValueBytes(Trailer) is not { } bytes) return null;
        try
        {
            foreach (var detail in RichStatus.Parser.ParseFrom(bytes).Details)
            {
                if (detail.TryUnpack<T>(out var found)) return found;
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // Details are a help; the status stands without them.
        }

        return null;
    }
}
