using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace NodeAgent.Api.Reflection;

/// <summary>The questions of one stream: what it was sent once it is not sent again, unless it asks for it by name.</summary>
internal sealed class ReflectionSession(ServedFiles files)
{
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    /// <exception cref="RpcException">INVALID_ARGUMENT: the message asks nothing.</exception>
    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse { Service = { files.Services.Select(static s => new ServiceResponse { Name = s }) } };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                Put(response, files.Named(request.FileByFilename), $"file {request.FileByFilename}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                Put(response, files.Declaring(request.FileContainingSymbol), $"symbol {request.FileContainingSymbol}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                Put(response, files.Extending(extension.ContainingType, extension.ExtensionNumber), $"extension {extension.ExtensionNumber} of {extension.ContainingType}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                PutExtensions(response, request.AllExtensionNumbersOfType);
                break;
            default:
                throw new RpcException(new Status(StatusCode.InvalidArgument, "message_request is not set: ask for a file, a symbol, an extension or the list of services"));
        }

        return response;
    }

    private void Put(ServerReflectionResponse response, FileDescriptor? file, string what)
    {
        if (file is null)
        {
            NotFound(response, what);
            return;
        }

        var answer = new FileDescriptorResponse();
        AddWithImports(file, answer);
        response.FileDescriptorResponse = answer;
    }

    private void PutExtensions(ServerReflectionResponse response, string message)
    {
        if (files.ExtensionsOf(message) is { } numbers) response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = message, ExtensionNumber = { numbers } };
        else NotFound(response, $"message {message}");
    }

    private void AddWithImports(FileDescriptor file, FileDescriptorResponse answer)
    {
        if (!_sent.Add(file.Name) && answer.FileDescriptorProto.Count > 0) return;
        answer.FileDescriptorProto.Add(file.SerializedData);
        foreach (var import in file.Dependencies) AddWithImports(import, answer);
    }

    private static void NotFound(ServerReflectionResponse response, string what) =>
        response.ErrorResponse = new ErrorResponse { ErrorCode = (int)StatusCode.NotFound, ErrorMessage = $"{what} is not known here" };
}
