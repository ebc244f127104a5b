using Grpc.Core;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Tests.Fuzz;

/// <summary>Feeds damaged inputs to a target, on all processors, each iteration from a seed of its own.</summary>
public sealed class Fuzzer(FuzzTarget target, ulong seed)
{
    private const int Inputs = 64;
    private const int Chunk = 20_000;

    /// <summary>A single input that takes longer than this is a hang.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly byte[][] _inputs = [.. Enumerable.Range(0, Inputs).Select(target.Generate)];

    private int Capacity => _inputs.Max(input => input.Length) * 2 + 64;

    /// <summary>Every prefix of every well-formed input.</summary>
    public void Truncate()
    {
        using var buffer = Buffer("truncated");
        var reader = target.Start();
        for (var i = 0; i < Inputs; i++)
        {
            for (var length = 0; length <= _inputs[i].Length; length++)
                Feed(reader, buffer, _inputs[i].AsSpan(0, length), $"input {i} cut to {length} bytes");
        }
    }

    public void Mutate(long iterations)
    {
        using var stillAlive = new Watchdog(Hang, $"fuzz target {target.Name}, seed {seed}: an input takes more than {Hang.TotalSeconds:0} s");
        var chunks = (iterations + Chunk - 1) / Chunk;
        Parallel.For(0L, chunks, chunk =>
        {
            using var buffer = Buffer($"{chunk % 64}");
            var reader = target.Start();
            var scratch = new byte[Capacity];
            var end = Math.Min((chunk + 1) * Chunk, iterations);
            for (var i = chunk * Chunk; i < end; i++)
            {
                var random = new Rng(seed + (ulong)i * 0x9e3779b97f4a7c15);
                var input = _inputs[random.Below(Inputs)];
                var length = Mutator.Mutate(ref random, input, _inputs[random.Below(Inputs)], scratch);
                Feed(reader, buffer, scratch.AsSpan(0, length), $"seed {seed} iteration {i}");
            }

            stillAlive.Tick();
        });
    }

    /// <summary>An input that once did harm.</summary>
    public void Replay(byte[] input)
    {
        using var buffer = new GuardedBuffer(LastInput("replayed"), input.Length);
        Feed(target.Start(), buffer, input, "replayed");
    }

    private void Feed(Reader reader, GuardedBuffer buffer, ReadOnlySpan<byte> input, string which)
    {
        var guarded = buffer.Place(input);
        try
        {
            reader(guarded);
        }
        catch (Exception e) when (e is NetlinkException or RpcException or LibvirtWireException)
        {
            // Refused, as it may be.
        }
        catch (Exception e)
        {
            var file = Path.Combine(AppContext.BaseDirectory, $"{target.Name}-{which.Replace(' ', '-')}.bin");
            File.WriteAllBytes(file, input);
            throw new InvalidOperationException($"{target.Name}, {which}: {e.GetType().Name}: {e.Message}\nThe input is in {file}: put it into tests/Fuzz/corpus.", e);
        }
    }

    private GuardedBuffer Buffer(string part) => new(LastInput(part), Capacity);

    private string LastInput(string part) => Path.Combine(AppContext.BaseDirectory, $"last-input-{target.Name}-{part}");
}
