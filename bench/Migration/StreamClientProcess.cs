using System.Buffers;
using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using NodeAgent.Api.V1;

namespace NodeAgent.Bench.Migration;

/// <summary>
/// The process of the watchers: notes when each message is there, and tells when asked. A message is taken in whole and only its version
/// is read: what a client makes of it is its own affair, and would be measured on the processors that the server needs.
/// </summary>
internal static class StreamClientProcess
{
    public const string Argument = "stream-clients";

    private static readonly Method<WatchMigrationsRequest, object> s_watch = new(
        MethodType.ServerStreaming, MigrationService.Descriptor.FullName, "WatchMigrations",
        Marshallers.Create<WatchMigrationsRequest>(static message => message.ToByteArray(), WatchMigrationsRequest.Parser.ParseFrom),
        Marshallers.Create<object>(static (_, _) => throw new NotSupportedException(), static context => Version(context)));

    private static readonly List<(long Version, long At)> s_seen = [];

    public static int Run(string socket, int count)
    {
        var first = new CountdownEvent(count);
        for (var i = 0; i < count; i++) _ = WatchAsync(socket, first);
        if (!first.Wait(TimeSpan.FromMinutes(1))) return 1;
        Console.WriteLine("ready");
        while (Console.ReadLine() is not null)
        {
            (long, long)[] seen;
            lock (s_seen)
            {
                seen = [.. s_seen];
                s_seen.Clear();
            }

            using var output = new StreamWriter(Console.OpenStandardOutput());
            foreach (var (version, at) in seen) output.WriteLine(FormattableString.Invariant($"{version} {at}"));
            output.WriteLine();
        }

        return 0;
    }

    private static async Task WatchAsync(string socket, CountdownEvent first)
    {
        var client = new Watch.Client(socket);
        using var call = client.Invoker.AsyncServerStreamingCall(s_watch, null, default, new WatchMigrationsRequest());
        var begun = false;
        while (await call.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false))
        {
            var at = Stopwatch.GetElapsedTime(0).Ticks;
            if (begun)
            {
                lock (s_seen) s_seen.Add(((long)call.ResponseStream.Current, at));
                continue;
            }

            begun = true;
            first.Signal();
        }
    }

    // The first field, as the server writes it.
    private static object Version(DeserializationContext context)
    {
        var payload = context.PayloadAsReadOnlySequence();
        using var input = new CodedInputStream(payload.Slice(0, Math.Min(16, payload.Length)).ToArray());
        return input.ReadTag() == WireFormat.MakeTag(WatchMigrationsResponse.VersionFieldNumber, WireFormat.WireType.Varint) ? input.ReadInt64() : 0;
    }
}
