using System.Buffers.Text;
using System.Globalization;
using System.IO.Pipelines;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Exposition;

/// <summary>Writes samples as text straight into a pipe's memory. Not for two threads at once; used again and again.</summary>
internal sealed class ExpositionWriter : MetricSink
{
    // The longest number (-1.7976931348623157E+308), the newline, and the suffix of a histogram's sample.
    private const int Extra = 48;

    private PipeWriter _output = null!;
    private Memory<byte> _memory;
    private int _used;
    private bool _openMetrics;
    private MetricFamily _family = null!;
    private bool _introduced;

    /// <summary>Bytes since the last <see cref="Commit"/>.</summary>
    public int Pending { get; private set; }

    /// <summary>Bytes since <see cref="Start"/>.</summary>
    public long Written { get; private set; }

    public void Start(PipeWriter output, ExpositionFormat format)
    {
        (_output, _openMetrics) = (output, format == ExpositionFormat.OpenMetrics);
        (_memory, _used, Pending, Written) = (default, 0, 0, 0);
    }

    /// <summary>What follows belongs to this family. It is introduced with its first sample, so one without samples leaves no trace.</summary>
    public void Begin(MetricFamily family) => (_family, _introduced) = (family, false);

    /// <summary>Hands to the pipe what was written; nothing of it may be touched after the pipe is flushed.</summary>
    public void Commit()
    {
        if (_used > 0) _output.Advance(_used);
        (_memory, _used, Pending) = (default, 0, 0);
    }

    public void End()
    {
        if (_openMetrics) Append("# EOF\n"u8);
    }

    public override void Value(LabelSet labels, long value)
    {
        var (line, at) = Line(labels);
        Utf8Formatter.TryFormat(value, line[at..], out var length);
        Finish(line, at + length);
    }

    public override void Value(LabelSet labels, ulong value)
    {
        var (line, at) = Line(labels);
        Utf8Formatter.TryFormat(value, line[at..], out var length);
        Finish(line, at + length);
    }

    public override void Value(LabelSet labels, double value)
    {
        var (line, at) = Line(labels);
        Finish(line, at + Format(value, line[at..]));
    }

    public override void Value(LabelSet labels, Histogram histogram)
    {
        long count = 0;
        var bounds = histogram.Shape.Labels;
        for (var bucket = 0; bucket < bounds.Length; bucket++)
        {
            count += histogram.CountOf(bucket);
            Bucket(labels.Open, bounds[bucket], count);
        }

        var (line, at) = Line("_sum"u8, labels.Utf8, default, default);
        Finish(line, at + Format(histogram.Sum, line[at..]));
        Integer("_count"u8, labels.Utf8, count);
    }

    private void Bucket(ReadOnlySpan<byte> labels, ReadOnlySpan<byte> bound, long count)
    {
        var (line, at) = Line(labels.IsEmpty ? "_bucket{"u8 : "_bucket"u8, labels, bound, labels.IsEmpty ? default : ","u8);
        Utf8Formatter.TryFormat(count, line[at..], out var length);
        Finish(line, at + length);
    }

    private void Integer(ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> labels, long value)
    {
        var (line, at) = Line(suffix, labels, default, default);
        Utf8Formatter.TryFormat(value, line[at..], out var length);
        Finish(line, at + length);
    }

    private TextLine Line(LabelSet labels)
    {
        Introduce();
        var name = _family.SampleName;
        var text = labels.Utf8;
        var line = Room(name.Length + text.Length + Extra);
        name.CopyTo(line);
        text.CopyTo(line[name.Length..]);
        return new TextLine(line, name.Length + text.Length);
    }

    private TextLine Line(ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> labels, ReadOnlySpan<byte> more, ReadOnlySpan<byte> between)
    {
        Introduce();
        var name = _family.SampleName;
        var line = Room(name.Length + suffix.Length + labels.Length + between.Length + more.Length + Extra);
        name.CopyTo(line);
        var at = name.Length;
        suffix.CopyTo(line[at..]);
        labels.CopyTo(line[(at += suffix.Length)..]);
        between.CopyTo(line[(at += labels.Length)..]);
        more.CopyTo(line[(at += between.Length)..]);
        return new TextLine(line, at + more.Length);
    }

    private void Introduce()
    {
        if (_introduced) return;
        _introduced = true;
        Append(_family.Header(_openMetrics));
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Count(bytes.Length);
    }

    private void Finish(Span<byte> line, int length)
    {
        line[length] = (byte)'\n';
        Count(length + 1);
    }

    private void Count(int bytes)
    {
        _used += bytes;
        Pending += bytes;
        Written += bytes;
    }

    private Span<byte> Room(int bytes)
    {
        if (_memory.Length - _used >= bytes) return _memory.Span[_used..];
        if (_used > 0) _output.Advance(_used);
        _memory = _output.GetMemory(bytes);
        _used = 0;
        return _memory.Span;
    }

    // Shortest form that reads back the same; both formats take an exponent as 1E-05.
    private static int Format(double value, Span<byte> target)
    {
        var special = double.IsNaN(value) ? "NaN"u8 : double.IsPositiveInfinity(value) ? "+Inf"u8 : double.IsNegativeInfinity(value) ? "-Inf"u8 : default;
        if (special.TryCopyTo(target) && !special.IsEmpty) return special.Length;
        value.TryFormat(target, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }
}
