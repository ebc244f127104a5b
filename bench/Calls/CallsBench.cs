using System.Diagnostics;
using NodeAgent.Bench.Harness;
using NodeAgent.Bench.Rpc;

namespace NodeAgent.Bench.Calls;

/// <summary>What gRPC costs over the HTTP/2 it runs on: bench/Rpc, which can be run on another gRPC server as well.</summary>
internal sealed class CallsBench : IBench
{
    public string Name => "calls";

    public string Description => "gRPC over a Unix socket: throughput, latency and allocations of unary calls and of a stream, next to bare HTTP/2";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        var seen = Measurement.TakeAsync(new ProcessStartInfo("dotnet", [typeof(Measurement).Assembly.Location])).GetAwaiter().GetResult();
        report.Line($"unary, 16 at once: {seen.Unary.PerSecond:0} calls/s, p99 {seen.Unary.P99:0} us; bare HTTP/2: {seen.UnaryFloor.PerSecond:0} and {seen.UnaryFloor.P99:0} us");
        report.Line($"unary, one by one: {seen.Single.PerSecond:0} calls/s, p50 {seen.Single.P50:0} us, p99 {seen.Single.P99:0} us; bare HTTP/2: {seen.SingleFloor.PerSecond:0}, {seen.SingleFloor.P50:0} us and {seen.SingleFloor.P99:0} us");
        report.Line($"a stream: {seen.Stream.PerSecond:0} messages/s; bare HTTP/2, whose client takes no message apart: {seen.StreamFloor.PerSecond:0}");
        report.Judge("unary", seen.UnaryFloor.PerSecond / seen.Unary.PerSecond);
        report.Judge("unary-p99", seen.Unary.P99 / seen.UnaryFloor.P99);
        report.Judge("single", seen.Single.P50 / seen.SingleFloor.P50);
        report.Judge("stream", seen.StreamFloor.PerSecond / seen.Stream.PerSecond);
        report.Judge("bytes", seen.BytesPerCall - seen.BytesPerCallFloor);
        report.Judge("bytes-message", seen.BytesPerMessage);
    }
}
