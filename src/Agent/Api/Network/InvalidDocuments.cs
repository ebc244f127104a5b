using Google.Rpc;
using Grpc.Core;
using NodeAgent.Api.Mapping;
using NodeAgent.Network.Spec;

namespace NodeAgent.Api.Network;

/// <summary>INVALID_ARGUMENT with the errors of a document: by field as google.rpc has it, and with their places.</summary>
internal static class InvalidDocuments
{
    /// <summary>Bytes of details at most: trailers are headers, and clients take 8 KiB of those, in base64.</summary>
    private const int Budget = 4 << 10;

    public static RpcException Status(IReadOnlyList<SpecError> errors)
    {
        var bad = new BadRequest();
        var document = new V1.InvalidDocument();
        var size = 0;
        foreach (var error in errors)
        {
            var place = ErrorMapping.ToWire(error);
            var violation = new BadRequest.Types.FieldViolation { Field = error.Field, Description = Short(error) };
            size += place.CalculateSize() + violation.CalculateSize();
            if (size > Budget && document.Errors.Count > 0)
            {
                var rest = new SpecError(default, "", $"{errors.Count - document.Errors.Count} more errors are left out");
                document.Errors.Add(ErrorMapping.ToWire(rest));
                break;
            }

            document.Errors.Add(place);
            bad.FieldViolations.Add(violation);
        }

        return StatusDetails.Error(StatusCode.InvalidArgument, errors[0].ToString(), bad, document);
    }

    private static string Short(SpecError error) => error.Mark.IsKnown ? $"{error.Mark}: {error.Message}" : error.Message;
}
