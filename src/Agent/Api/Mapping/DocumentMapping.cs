using NodeAgent.Network.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>Documents on their way to an agent on the same node.</summary>
internal static class DocumentMapping
{
    public static V1.Document ToWire(PolicyDocument document) => new()
    {
        Text = document.Text,
        File = document.File,
        Name = document.Name,
        Path = document.File == "-" ? "" : Path.GetFullPath(document.Path ?? document.File),
    };
}
