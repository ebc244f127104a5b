using System.Buffers;

namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>Why QEMU refused a command.</summary>
/// <param name="Class">"GenericError", "CommandNotFound", …</param>
/// <param name="Description">A sentence.</param>
internal readonly record struct QmpError(string Class, string Description)
{
    public bool IsUnknownCommand => Class == "CommandNotFound";

    public static QmpError Read(in ReadOnlySequence<byte> error, IFieldProblems problems)
    {
        var fields = new QmpFields(error, "error", problems);
        var (name, description) = ("", "");
        if (!fields.Enter()) return new QmpError("", "an error without a word");
        while (fields.Next())
        {
            if (fields.Is("class"u8)) name = fields.Text() ?? "";
            else if (fields.Is("desc"u8)) description = fields.Text() ?? "";
            else fields.Skip();
        }

        return new QmpError(name, description);
    }
}
