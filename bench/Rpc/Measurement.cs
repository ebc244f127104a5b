using System.Diagnostics;

namespace NodeAgent.Bench.Rpc;

/// <summary>gRPC over a Unix socket next to bare HTTP/2 over another connection to the same server, by turns.</summary>
public sealed record Measurement
{
    private const int Payload = 100;
    private const int Workers = 16;
    private const int Rounds = 5;
    private const int Messages = 50_000;
    private const int AllocationCalls = 5_000;
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(1);

    public required Load Unary { get; init; }

    public required Load UnaryFloor { get; init; }

    /// <summary>One call at a time.</summary>
    public required Load Single { get; init; }

    public required Load SingleFloor { get; init; }

    public required Load Stream { get; init; }

    public required Load StreamFloor { get; init; }

    /// <summary>Bytes the server allocates for a unary call, Kestrel's share included.</summary>
    public required double BytesPerCall { get; init; }

    public required double BytesPerCallFloor { get; init; }

    /// <summary>Bytes the server allocates for a message of a stream.</summary>
    public required double BytesPerMessage { get; init; }

    /// <summary>Starts the server as a process of its own and measures it; medians of several rounds.</summary>
    /// <param name="program">How this assembly's Program is started; it is given "serve SOCKET".</param>
    public static async Task<Measurement> TakeAsync(ProcessStartInfo program)
    {
        var folder = Directory.CreateTempSubdirectory("nodeagent-bench-");
        var socket = Path.Combine(folder.FullName, "echo.sock");
        program.ArgumentList.Add("serve");
        program.ArgumentList.Add(socket);
        program.RedirectStandardInput = program.RedirectStandardOutput = true;
        using var server = Process.Start(program)!;
        try
        {
            if (await server.StandardOutput.ReadLineAsync().ConfigureAwait(false) != "ready") throw new InvalidOperationException("the server did not start");
            using var client = new EchoClient(socket, Payload);
            return await TakeAsync(client).ConfigureAwait(false);
        }
        finally
        {
            server.StandardInput.Close();
            if (!server.WaitForExit(5000)) server.Kill();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Measurement> TakeAsync(EchoClient client)
    {
        List<Load> unary = [], unaryFloor = [], single = [], singleFloor = [], stream = [], streamFloor = [];
        // The first round compiles the code and counts for nothing.
        for (var round = 0; round <= Rounds; round++)
        {
            unary.Add(await Load.OfAsync(client.SayAsync, Workers, s_time).ConfigureAwait(false));
            unaryFloor.Add(await Load.OfAsync(client.FloorSayAsync, Workers, s_time).ConfigureAwait(false));
            single.Add(await Load.OfAsync(client.SayAsync, 1, s_time).ConfigureAwait(false));
            singleFloor.Add(await Load.OfAsync(client.FloorSayAsync, 1, s_time).ConfigureAwait(false));
            stream.Add(await Load.OfStreamAsync(client.RepeatAsync, Messages).ConfigureAwait(false));
            streamFloor.Add(await Load.OfStreamAsync(client.FloorRepeatAsync, Messages).ConfigureAwait(false));
        }

        return new Measurement
        {
            Unary = Median(unary),
            UnaryFloor = Median(unaryFloor),
            Single = Median(single),
            SingleFloor = Median(singleFloor),
            Stream = Median(stream),
            StreamFloor = Median(streamFloor),
            BytesPerCall = await AllocatedAsync(client, client.SayAsync, AllocationCalls).ConfigureAwait(false) / AllocationCalls,
            BytesPerCallFloor = await AllocatedAsync(client, client.FloorSayAsync, AllocationCalls).ConfigureAwait(false) / AllocationCalls,
            BytesPerMessage = await AllocatedAsync(client, () => client.RepeatAsync(Messages), 1).ConfigureAwait(false) / Messages,
        };
    }

    private static async Task<double> AllocatedAsync(EchoClient client, Func<Task> exchange, int times)
    {
        var before = await client.AllocatedAsync().ConfigureAwait(false);
        for (var i = 0; i < times; i++) await exchange().ConfigureAwait(false);
        return await client.AllocatedAsync().ConfigureAwait(false) - before;
    }

    private static Load Median(List<Load> rounds)
    {
        var counted = rounds[1..];
        double Of(Func<Load, double> value) => counted.Select(value).Order().ElementAt(counted.Count / 2);
        return new Load(Of(l => l.PerSecond), Of(l => l.P50), Of(l => l.P99));
    }
}
