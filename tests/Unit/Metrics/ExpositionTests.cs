using NodeAgent.Metrics;
using NodeAgent.Metrics.Instruments;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

public sealed class ExpositionTests
{
    private readonly MetricRegistry _registry = new();

    [Fact]
    public void A_counter_is_named_as_each_format_wants_it()
    {
        _registry.Counter("x_read_bytes_total", "What was read.").Add(7);
        Assert.Equal("# HELP x_read_bytes_total What was read.\n# TYPE x_read_bytes_total counter\nx_read_bytes_total 7\n", Exposed.Text(_registry));
        Assert.Equal("# TYPE x_read_bytes counter\n# UNIT x_read_bytes bytes\n# HELP x_read_bytes What was read.\nx_read_bytes_total 7\n# EOF\n", Exposed.OpenMetrics(_registry));
    }

    [Fact]
    public void Help_escapes_quotation_marks_in_OpenMetrics_only()
    {
        _registry.Gauge("x", "a \"b\" \\ c\nd").Set(1);
        Assert.StartsWith("# HELP x a \"b\" \\\\ c\\nd\n", Exposed.Text(_registry), StringComparison.Ordinal);
        Assert.Contains("# HELP x a \\\"b\\\" \\\\ c\\nd\n", Exposed.OpenMetrics(_registry), StringComparison.Ordinal);
    }

    [Fact]
    public void Label_values_are_escaped_and_read_back()
    {
        string[] values = ["plain", "", "a\"b", "back\\slash", "two\nlines", "\\n", "ü€😀", "tab\t", "{}=,", "\uFFFD"];
        var gauges = _registry.Gauges("x", "X.", "value");
        foreach (var value in values) gauges.With(value).Set(1);
        Assert.Equal(values, ExpositionParser.Parse(Exposed.Text(_registry), openMetrics: false).Select(sample => sample.Labels["value"]));
        Assert.Equal(values, ExpositionParser.Parse(Exposed.OpenMetrics(_registry), openMetrics: true).Select(sample => sample.Labels["value"]));
        Assert.Equal(values, gauges.All.Select(gauge => Assert.Single(gauge.Labels.Tags).Value));
        Assert.Equal(["b=\\", "c=,"], new LabelSet(("b", "\\"), ("c", ",")).Tags.Select(tag => $"{tag.Key}={tag.Value}"));
    }

    [Fact]
    public void A_lone_surrogate_is_replaced_and_not_sent()
    {
        _registry.Gauges("x", "X.", "value").With("a\ud800b").Set(1);
        Assert.Contains("x{value=\"a\uFFFDb\"} 1\n", Exposed.Text(_registry), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(-double.Epsilon, "-5E-324")]
    public void Numbers_are_written_so_that_they_read_back(double value, string expected)
    {
        _registry.Gauge("x", "X.").Set(value);
        Assert.Contains($"\nx {expected}\n", Exposed.Text(_registry), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_not_shown_and_leaves_no_header()
    {
        _registry.Gauge("x", "X.").Set(double.NaN);
        _registry.Gauges("y", "Y.", "label");
        Assert.Equal("", Exposed.Text(_registry));
        Assert.Equal("# EOF\n", Exposed.OpenMetrics(_registry));
    }

    [Fact]
    public void A_histogram_counts_cumulatively_and_its_last_bucket_is_its_count()
    {
        var histogram = _registry.Histograms("x_seconds", "X.", new HistogramBounds(0.1, 1), "way").With("in");
        foreach (var value in (double[])[0.05, 0.1, 0.5, 7, double.NaN]) histogram.Observe(value);
        var text = Exposed.Text(_registry);
        Assert.Contains("x_seconds_bucket{way=\"in\",le=\"0.1\"} 2\nx_seconds_bucket{way=\"in\",le=\"1.0\"} 3\nx_seconds_bucket{way=\"in\",le=\"+Inf\"} 5\nx_seconds_sum{way=\"in\"} NaN\nx_seconds_count{way=\"in\"} 5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_without_labels_has_only_le()
    {
        _registry.Histogram("x_seconds", "X.", new HistogramBounds(0.5)).Observe(0.25);
        Assert.Contains("x_seconds_bucket{le=\"0.5\"} 1\nx_seconds_bucket{le=\"+Inf\"} 1\nx_seconds_sum 0.25\nx_seconds_count 1\n", Exposed.Text(_registry), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_label_fits_beyond_the_pipes_blocks()
    {
        var value = new string('x', 9000);
        _registry.Gauges("x", "X.", "value").With(value).Set(1);
        Assert.Equal(value, Assert.Single(ExpositionParser.Parse(Exposed.Text(_registry), openMetrics: false)).Labels["value"]);
    }

    [Fact]
    public void Labels_without_end_share_one_series()
    {
        var counters = _registry.Counters("x_total", "X.", "who");
        for (var i = 0; i < SeriesSet<Counter>.Limit + 10; i++) counters.With($"{i}").Increment();
        Assert.Equal(10, counters.With("yet another").Value);
        Assert.Equal(SeriesSet<Counter>.Limit + 1, counters.All.Count);
    }

    [Fact]
    public void A_name_is_registered_once()
    {
        _registry.Counter("x_total", "X.");
        Assert.Throws<ArgumentException>(() => _registry.Gauge("x", "X."));
        Assert.Throws<ArgumentException>(() => _registry.Counter("without_suffix", "X."));
    }
}
