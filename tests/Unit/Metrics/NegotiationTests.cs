using NodeAgent.Metrics.Exposition;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

public sealed class NegotiationTests
{
    [Theory]
    [InlineData(null, "Text")]
    [InlineData("", "Text")]
    [InlineData("*/*", "Text")]
    [InlineData("text/html", "Text")]
    [InlineData("application/openmetrics-text", "OpenMetrics")]
    [InlineData("application/openmetrics-text; version=1.0.0; charset=utf-8", "OpenMetrics")]
    [InlineData("Application/OpenMetrics-Text;Version=\"1.0.0\"", "OpenMetrics")]
    [InlineData("application/openmetrics-text;version=0.0.1", "Text")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.2,text/plain;version=0.0.4;q=0.5", "Text")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0", "Text")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=nonsense", "OpenMetrics")]
    [InlineData("text/plain;q=0.5, application/openmetrics-text;q=0.5", "OpenMetrics")]
    // Prometheus 2.42 and 3.
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "OpenMetrics")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1", "OpenMetrics")]
    [InlineData(",,;;,=;q", "Text")]
    public void The_format_most_wanted_is_chosen(string? accept, string expected) => Assert.Equal(expected, $"{Negotiation.FormatFor(accept)}");

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("identity", false)]
    [InlineData("gzip", true)]
    [InlineData("GZIP", true)]
    [InlineData("deflate, gzip;q=0.3, br", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip; q=0.0, *", false)]
    [InlineData("*", true)]
    [InlineData("*;q=0", false)]
    [InlineData("br", false)]
    public void Gzip_is_sent_to_whom_it_suits(string? accept, bool expected) => Assert.Equal(expected, Negotiation.TakesGzip(accept));
}
