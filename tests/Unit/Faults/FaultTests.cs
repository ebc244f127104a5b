using System.Text;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Cli;
using Xunit;

namespace NodeAgent.Tests.Unit.Faults;

/// <summary>
/// Each file that a reader opens is replaced by each <see cref="Fault"/> in turn. No fault may throw, or hang, or change more than the
/// objects that Golden/ lists for that file; and where a reader notices that a file cannot be read, it says which or why.
/// </summary>
public sealed class FaultTests
{
    // Only what hangs for good takes this long.
    private static readonly TimeSpan s_watchdog = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Readers() => [.. FaultyReaders.All.Select(static r => r.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_file_that_fails_costs_what_it_says_and_no_more(string name)
    {
        var reader = FaultyReaders.All.Single(r => r.Name == name);
        using var tree = HostTree.Of(reader.Fixture);
        reader.Prepare?.Invoke(tree);
        using var aside = HostTree.Empty();
        var kept = aside["kept"];
        var well = Read(reader, tree);
        Assert.Equal(well, Read(reader, tree));
        var files = OpenedFiles.During(tree.Root, () => Read(reader, tree));
        Assert.NotEmpty(files);

        var failures = new List<string>();
        var golden = new StringBuilder();
        foreach (var file in files)
        {
            var effect = new FaultEffect();
            foreach (var fault in Fault.All)
            {
                try
                {
                    effect.Add(fault, file, well, With(fault, file, kept, () => Read(reader, tree)));
                }
                catch (Exception e)
                {
                    failures.Add($"{Relative(file)} {fault}: {e.GetType().Name}: {e.Message}");
                }
            }

            golden.AppendLine($"{Relative(file)}: {effect}");
        }

        Assert.Empty(failures);
        Assert.Equal(well, Read(reader, tree));
        Golden.Check($"{name}.txt", golden.ToString());

        string Relative(string file) => Path.GetRelativePath(tree.Root, file);
    }

    // Kept where no reader sees it.
    private static T With<T>(Fault fault, string file, string kept, Func<T> work)
    {
        File.Move(file, kept);
        try
        {
            using (fault.Put(file)) return work();
        }
        finally
        {
            if (Directory.Exists(file)) Directory.Delete(file);
            else File.Delete(file);
            File.Move(kept, file);
        }
    }

    private static SortedDictionary<string, string> Read(FaultyReader reader, HostTree tree)
    {
        SortedDictionary<string, string>? found = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                found = ReadObjects.Of(reader.Read(tree.Paths), reader.Passing);
            }
            catch (Exception e)
            {
                failure = e;
            }
        })
        { IsBackground = true };
        thread.Start();
        if (!thread.Join(s_watchdog)) throw new TimeoutException($"the reader has not come back for {s_watchdog.TotalSeconds} s");
        return failure is null ? found! : throw failure;
    }
}
