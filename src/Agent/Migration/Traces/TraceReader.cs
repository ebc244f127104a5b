using System.Text;
using System.Text.Json;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Traces;

/// <summary>
/// Reads a recorded timeline of either format, told apart by the first line. What is not known is skipped; what is known and of
/// another type, and a line that is no object, is an error. Never throws for what is in the file.
/// </summary>
public static class TraceReader
{
    public const int MostErrors = 20;

    /// <summary>More is not a timeline: a day at 10 Hz is half of it.</summary>
    public const int MostBytes = 512 << 20;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="name">As errors name it.</param>
    /// <param name="content">The whole file, UTF-8.</param>
    public static MigrationTrace Read(string name, ReadOnlyMemory<byte> content)
    {
        List<TraceEntry> entries = [];
        List<TraceError> errors = [];
        List<string> notes = [];
        var (format, qmp, libvirt) = (TraceFormat.Unknown, new QmpLines(), new LibvirtLines());
        if (content.Span.StartsWith(ByteOrderMark)) content = content[ByteOrderMark.Length..];
        for (var number = 1; content.Length > 0 && errors.Count < MostErrors; number++)
        {
            var end = content.Span.IndexOf((byte)'\n');
            var line = (end < 0 ? content : content[..end]).Trim(" \t\r"u8.ToArray());
            content = end < 0 ? default : content[(end + 1)..];
            if (line.Length == 0) continue;
            var fields = new LineFields(name, number, errors);
            if (line.Span[0] != '{' && format != TraceFormat.Qmp && IsTold(line.Span, libvirt))
            {
                format = TraceFormat.Libvirt;
                continue;
            }

            Take(line, fields);

            // Another kind of file: nothing that follows says more.
            if (format == TraceFormat.Unknown) break;
        }

        if (errors.Count == 0 && format == TraceFormat.Unknown) errors.Add(new TraceError(name, 0, "", "expected a recorded timeline (QMP lines or libvirt job statistics), found nothing"));
        else if (errors.Count == 0 && !qmp.SawMigration && !libvirt.SawMigration && entries.Count == 0) notes.Add("nothing in the timeline migrates: it has no reply to query-migrate and no job statistics");
        if (libvirt.Ended is { } ended && !entries.Exists(static e => e.Sample.Phase is { } phase && phase.IsTerminal())) notes.Add($"the timeline ends before the source told how the migration ended: {ended}");
        return new MigrationTrace(format, errors.Count > 0 ? [] : entries, errors, notes);

        void Take(ReadOnlyMemory<byte> line, LineFields fields)
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                if (root.ValueKind != JsonValueKind.Object)
                {
                    fields.Wrong("", $"expected an object, found {ShownJson.Of(root)}");
                    return;
                }

                if (format == TraceFormat.Unknown) format = FormatOf(root);
                if (format == TraceFormat.Qmp) qmp.Take(root, fields, entries);
                else if (format == TraceFormat.Libvirt) libvirt.Take(root, fields, entries);
                else fields.Wrong("", "expected a line of a QMP timeline (with \"kind\") or of libvirt job statistics (with \"type\" and \"params\"), found neither");
            }
            catch (JsonException e)
            {
                var breaks = line.Span[0] == '{' ? $", which breaks at its byte {Math.Min(line.Length, (e.BytePositionInLine ?? 0) + 1)} of {line.Length}" : "";
                fields.Wrong("", $"expected a JSON object, found \"{Start(line.Span)}\"{breaks}");
            }
            catch (InvalidOperationException)
            {
                fields.Wrong("", "expected UTF-8, found other bytes");
            }
        }
    }

    private static TraceFormat FormatOf(JsonElement line) =>
        line.TryGetProperty("kind", out _) ? TraceFormat.Qmp
        : line.TryGetProperty("params", out _) || line.TryGetProperty("side", out _) || line.TryGetProperty("job", out _) ? TraceFormat.Libvirt
        : TraceFormat.Unknown;

    /// <summary>What the recorder of libvirt timelines prints beside statistics: how it connected, and how it ended.</summary>
    private static bool IsTold(ReadOnlySpan<byte> line, LibvirtLines libvirt)
    {
        if (line.StartsWith("ERR "u8)) libvirt.Ended = Encoding.UTF8.GetString(line["ERR "u8.Length..]);
        else if (!line.StartsWith("auth list"u8)) return false;
        return true;
    }

    private static string Start(ReadOnlySpan<byte> line)
    {
        const int Most = 40;
        Span<char> shown = stackalloc char[Most];
        var length = Math.Min(line.Length, Most);
        for (var i = 0; i < length; i++) shown[i] = line[i] is >= 32 and < 127 ? (char)line[i] : '?';
        return new string(shown[..length]) + (line.Length > Most ? "…" : "");
    }
}
