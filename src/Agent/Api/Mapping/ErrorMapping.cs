using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Api.Mapping;

/// <summary>Errors of documents with their places.</summary>
internal static class ErrorMapping
{
    public static V1.SpecError ToWire(SpecError error) => new()
    {
        File = error.Mark.File ?? "",
        Line = error.Mark.Line,
        Column = error.Mark.Column,
        Field = error.Field,
        Message = error.Message,
    };

    public static SpecError FromWire(V1.SpecError wire) =>
        new(wire.File.Length == 0 ? default : new SourceMark(wire.File, wire.Line, wire.Column), wire.Field, wire.Message);
}
