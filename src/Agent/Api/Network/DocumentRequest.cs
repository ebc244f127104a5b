using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;
using NodeAgent.Network.Spec.Reading;

namespace NodeAgent.Api.Network;

/// <summary>Reads the document of a request.</summary>
internal static class DocumentRequest
{
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: it is missing or wrong.</exception>
    public static PolicyDocument Read(V1.Document? wire)
    {
        if (wire is null) throw StatusDetails.BadField("document", "is missing");
        if (wire.File.Length == 0) throw StatusDetails.BadField("document.file", "is empty; give the name of the file, or any name to show in errors");
        if (wire.Name.Length > 0 && !PolicyName.IsFileName(wire.Name)) throw StatusDetails.BadField("document.name", $"'{wire.Name}' cannot be a policy's name: expected 1 to 200 letters, digits, '-', '_' and '.'");
        var result = DocumentReader.Read(wire.File, wire.Text);
        if (result.Document is not { } document) throw InvalidDocuments.Status(result.Errors);
        return document with
        {
            Name = wire.Name.Length > 0 ? wire.Name : document.Name,
            Path = wire.Path.Length > 0 && Path.IsPathRooted(wire.Path) ? wire.Path : null,
        };
    }
}
