using System.Text;
using NodeAgent.Migration.Traces;

namespace NodeAgent.Tests.Fuzz;

/// <summary>Recorded timelines of migrations: read, and played through the forecaster.</summary>
internal static class MigrationTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        new("timeline-qmp", Qmp, () => Play),
        new("timeline-libvirt", Libvirt, () => Play),
    ];

    private static void Play(ReadOnlySpan<byte> input)
    {
        var trace = TraceReader.Read("fuzz", input.ToArray());
        if (trace.Errors.Count > 0 && trace.Entries.Count > 0) throw new InvalidOperationException("entries beside errors");
        foreach (var forecast in trace.Replay())
        {
            if (forecast.RemainingSecondsLow is { } low && (!double.IsFinite(low) || low < 0 || low > forecast.RemainingSecondsHigh))
                throw new InvalidOperationException($"an interval from {low} to {forecast.RemainingSecondsHigh}");
            if (forecast.RemainingSecondsHigh is { } high && !double.IsFinite(high)) throw new InvalidOperationException("an interval without end");
            _ = NodeAgent.Migration.Forecasting.ForecastText.Factor(forecast)?.Length + NodeAgent.Migration.Forecasting.ForecastText.Advice(forecast)?.Length;
        }
    }

    private static byte[] Qmp(int seed)
    {
        var text = new StringBuilder("{\"t\":0,\"who\":\"src\",\"kind\":\"reply\",\"cmd\":\"query-migrate-parameters\",\"data\":{\"max-bandwidth\":1000000,\"downtime-limit\":300}}\n");
        for (var i = 1; i < 6; i++)
        {
            text.Append($"{{\"t\":{i},\"who\":\"src\",\"kind\":\"event\",\"data\":{{\"event\":\"MIGRATION_PASS\",\"data\":{{\"pass\":{i}}}}}}}\n");
            text.Append($"{{\"t\":{i}.5,\"who\":\"src\",\"kind\":\"reply\",\"cmd\":\"query-migrate\",\"data\":{{\"status\":\"active\",\"total-time\":{i * 1000},\"ram\":{{\"total\":9000000,\"remaining\":{(9 - i + (seed % 3)) * 700000},\"transferred\":{i * 900000},\"mbps\":{8 + (seed % 5)},\"dirty-sync-count\":{i},\"dirty-pages-rate\":{seed % 300},\"normal-bytes\":{i * 800000},\"duplicate\":{i},\"page-size\":4096}}}}}}\n");
        }

        return Encoding.ASCII.GetBytes(text.Append($"{{\"t\":7,\"who\":\"src\",\"kind\":\"event\",\"data\":{{\"event\":\"MIGRATION\",\"data\":{{\"status\":\"{(seed % 2 == 0 ? "completed" : "cancelled")}\"}}}}}}\n").ToString());
    }

    private static byte[] Libvirt(int seed)
    {
        var text = new StringBuilder("auth list [0] keepalive 1\n");
        for (var i = 1; i < 6; i++)
            text.Append($"{{\"t\":{i},\"type\":2,\"params\":{{\"time_elapsed\":{i * 1000},\"downtime\":300,\"memory_total\":[\"ullong\",9000000],\"memory_remaining\":{(9 - i + (seed % 3)) * 700000},\"memory_processed\":{i * 900000},\"memory_bps\":{1000000 + seed},\"memory_dirty_rate\":{seed % 300},\"memory_iteration\":{i}}}}}\n");
        return Encoding.ASCII.GetBytes(text.Append("ERR code=55 domain is not running\n").ToString());
    }
}
