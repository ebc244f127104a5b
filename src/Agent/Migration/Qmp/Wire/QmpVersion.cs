using System.Buffers;

namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>Of QEMU, as its greeting has it.</summary>
internal readonly record struct QmpVersion(long Major, long Minor, long Micro)
{
    /// <param name="greeting">The value of "QMP".</param>
    /// <param name="problems">Is told what is of another type.</param>
    public static QmpVersion Read(in ReadOnlySequence<byte> greeting, IFieldProblems problems)
    {
        var fields = new QmpFields(greeting, "QMP", problems);
        var (found, version) = (false, default(QmpVersion));
        if (!fields.Enter()) return default;
        while (fields.Next())
        {
            if (!fields.Is("version"u8)) fields.Skip();
            else if (fields.Enter("version"))
            {
                while (fields.Next())
                {
                    if (!fields.Is("qemu"u8)) fields.Skip();
                    else if (fields.Enter("version.qemu")) (found, version) = (true, Numbers(ref fields));
                }
            }
        }

        if (!found) problems.Wrong("QMP.version", "expected QEMU's version, found none");
        return version;
    }

    public override string ToString() => $"{Major}.{Minor}.{Micro}";

    private static QmpVersion Numbers(ref QmpFields fields)
    {
        long? major = null, minor = null, micro = null;
        while (fields.Next())
        {
            if (fields.Is("major"u8)) major = fields.Whole("a number");
            else if (fields.Is("minor"u8)) minor = fields.Whole("a number");
            else if (fields.Is("micro"u8)) micro = fields.Whole("a number");
            else fields.Skip();
        }

        return new QmpVersion(major ?? 0, minor ?? 0, micro ?? 0);
    }
}
