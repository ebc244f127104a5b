using System.Diagnostics;
using System.Globalization;
using NodeAgent.Bench.Rpc;

if (args is ["serve", var socket])
{
    await EchoServer.RunAsync(socket);
    return 0;
}

if (args.Length > 0)
{
    Console.Error.WriteLine("usage: NodeAgent.Bench.Rpc [serve SOCKET]\nWithout arguments: measures gRPC over a Unix socket next to bare HTTP/2.");
    return 2;
}

var seen = await Measurement.TakeAsync(new ProcessStartInfo(Environment.ProcessPath!));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
    unary, 16 at once   {seen.Unary.PerSecond,8:0} calls/s, p99 {seen.Unary.P99:0} us; bare HTTP/2 {seen.UnaryFloor.PerSecond:0} and {seen.UnaryFloor.P99:0} us
    unary, one by one   {seen.Single.PerSecond,8:0} calls/s, p50 {seen.Single.P50:0} us, p99 {seen.Single.P99:0} us; bare HTTP/2 {seen.SingleFloor.PerSecond:0}, {seen.SingleFloor.P50:0} us and {seen.SingleFloor.P99:0} us
    server streaming    {seen.Stream.PerSecond,8:0} messages/s; bare HTTP/2 {seen.StreamFloor.PerSecond:0}
    server allocates    {seen.BytesPerCall,8:0} bytes a call, {seen.BytesPerMessage:0.0} a message; bare HTTP/2 {seen.BytesPerCallFloor:0} a call
    """));
return 0;
