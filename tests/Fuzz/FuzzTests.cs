using Xunit;

namespace NodeAgent.Tests.Fuzz;

/// <summary>
/// No bytes make a reader crash, hang, read too far or throw anything but its own error. NODEAGENT_FUZZ_SEED and
/// NODEAGENT_FUZZ_ITERATIONS (of each target) make another or a longer run of it.
/// </summary>
public sealed class FuzzTests
{
    private static readonly ulong Seed = Setting("NODEAGENT_FUZZ_SEED", 20261120);
    private static readonly ulong Iterations = Setting("NODEAGENT_FUZZ_ITERATIONS", 200_000);

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    public static TheoryData<string> Corpus =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.bin").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Truncated(string target) => new Fuzzer(FuzzTarget.Named(target), Seed).Truncate();

    [Theory]
    [MemberData(nameof(Targets))]
    public void Mutated(string target) => new Fuzzer(FuzzTarget.Named(target), Seed).Mutate((long)Iterations);

    /// <summary>Inputs worth keeping, each named after its target and what is odd about it: "link-vlan.zero-length.bin".</summary>
    [Theory]
    [MemberData(nameof(Corpus))]
    public void Kept(string file)
    {
        var target = FuzzTarget.Named(file.Split('.')[0]);
        new Fuzzer(target, Seed).Replay(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", file)));
    }

    /// <summary>A well-formed input must be accepted, or the fuzzer would only ever see refusals.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void Well_formed(string target)
    {
        var fuzzed = FuzzTarget.Named(target);
        var reader = fuzzed.Start();
        for (var seed = 0; seed < 64; seed++)
            reader(fuzzed.Generate(seed));
    }

    private static ulong Setting(string name, ulong otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
