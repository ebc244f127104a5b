using Google.Protobuf;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>A data point of an ExportMetricsServiceRequest (opentelemetry/proto/metrics/v1/metrics.proto), read field by field.</summary>
internal sealed record OtlpMetric(string Name, string Unit, string Kind, string Attributes, double Value, IReadOnlyList<ulong> Buckets)
{
    public static List<OtlpMetric> Read(byte[] request) =>
    [
        .. from resource in Fields(request, 1)
           from scope in Fields(resource, 2)
           from metric in Fields(scope, 2)
           from point in Points(metric)
           select point,
    ];

    private static IEnumerable<OtlpMetric> Points(byte[] metric)
    {
        var (name, unit) = (Text(metric, 1), Text(metric, 3));
        foreach (var (field, kind) in ((int, string)[])[(5, "gauge"), (7, "sum"), (9, "histogram")])
        {
            foreach (var data in Fields(metric, field))
            {
                var monotonic = kind == "sum" && Number(data, 3) is 1 ? "counter" : kind;
                var cumulative = kind == "gauge" || Number(data, 2) is 2;
                if (!cumulative) throw new FormatException($"{name} is not cumulative.");
                foreach (var point in Fields(data, 1)) yield return Point(name, unit, monotonic, point);
            }
        }
    }

    private static OtlpMetric Point(string name, string unit, string kind, byte[] point)
    {
        var attributes = Fields(point, kind == "histogram" ? 9 : 7).Select(pair => $"{Text(pair, 1)}={Text(Fields(pair, 2).Single(), 1)}");
        var packed = kind == "histogram" ? Fields(point, 6).SelectMany(bytes => bytes.Chunk(8).Select(b => BitConverter.ToUInt64(b))).ToList() : [];
        return new OtlpMetric(name, unit, kind, string.Join(',', attributes), BitConverter.Int64BitsToDouble((long)(Number(point, kind == "histogram" ? 5 : 4) ?? 0)), packed);
    }

    private static string Text(byte[] message, int field) => Fields(message, field).Select(System.Text.Encoding.UTF8.GetString).FirstOrDefault("");

    private static IEnumerable<byte[]> Fields(byte[] message, int field)
    {
        var found = new List<byte[]>();
        Walk(message, (tag, input) =>
        {
            if (tag != WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited)) return false;
            found.Add(input.ReadBytes().ToByteArray());
            return true;
        });
        return found;
    }

    private static ulong? Number(byte[] message, int field)
    {
        ulong? found = null;
        Walk(message, (tag, input) =>
        {
            if (WireFormat.GetTagFieldNumber(tag) != field) return false;
            found = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                _ => throw new FormatException($"Field {field} is no number."),
            };
            return true;
        });
        return found;
    }

    private static void Walk(byte[] message, Func<uint, CodedInputStream, bool> take)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (!take(tag, input)) input.SkipLastField();
        }
    }
}
