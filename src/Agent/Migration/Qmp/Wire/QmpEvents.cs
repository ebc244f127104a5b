using System.Text.Json;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>Names and data of events.</summary>
internal static class QmpEvents
{
    /// <summary>The year 9999.</summary>
    private const long MostSeconds = 253_402_300_000;

    public static QmpEventKind Named(in Utf8JsonReader name) =>
        name.ValueTextEquals("MIGRATION"u8) ? QmpEventKind.Migration
        : name.ValueTextEquals("MIGRATION_PASS"u8) ? QmpEventKind.MigrationPass
        : name.ValueTextEquals("STOP"u8) ? QmpEventKind.Stop
        : name.ValueTextEquals("RESUME"u8) ? QmpEventKind.Resume
        : name.ValueTextEquals("SHUTDOWN"u8) ? QmpEventKind.Shutdown
        : QmpEventKind.Other;

    /// <summary>Of MIGRATION; null for a phase we do not know.</summary>
    public static MigrationPhase? Phase(in QmpMessage message, string root, IFieldProblems problems)
    {
        if (message.Body.IsEmpty) return null;
        var fields = new QmpFields(message.Body, root, problems);
        var phase = default(MigrationPhase?);
        if (!fields.Enter()) return null;
        while (fields.Next())
        {
            if (fields.Is("status"u8)) phase = fields.Word(MigrationPhases.OfQemu);
            else fields.Skip();
        }

        return phase;
    }

    /// <summary>Of MIGRATION_PASS: the pass that begins.</summary>
    public static long? Pass(in QmpMessage message, string root, IFieldProblems problems)
    {
        if (message.Body.IsEmpty) return null;
        var fields = new QmpFields(message.Body, root, problems);
        var pass = default(long?);
        if (!fields.Enter()) return null;
        while (fields.Next())
        {
            if (fields.Is("pass"u8)) pass = fields.Whole("the number of a pass");
            else fields.Skip();
        }

        return pass;
    }

    /// <summary>When QEMU says that it happened, by the host's clock; null where it does not say.</summary>
    public static DateTimeOffset? Time(in QmpMessage message, string root, IFieldProblems problems)
    {
        if (message.Timestamp.IsEmpty) return null;
        var fields = new QmpFields(message.Timestamp, root, problems);
        var (seconds, microseconds) = (default(long?), 0L);
        if (!fields.Enter()) return null;
        while (fields.Next())
        {
            if (fields.Is("seconds"u8)) seconds = fields.Whole("seconds since 1970");
            else if (fields.Is("microseconds"u8)) microseconds = fields.Whole("microseconds") ?? 0;
            else fields.Skip();
        }

        return seconds is >= 0 and <= MostSeconds && microseconds is >= 0 and < 1_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond) : null;
    }
}
