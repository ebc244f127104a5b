using NodeAgent.Bench.Netlink;

namespace NodeAgent.Bench;

/// <summary><c>dotnet run -c Release --project bench -- [NAME...]</c>; without a name, all of them. Status 1 if a ceiling was missed.</summary>
public static class Program
{
    private static readonly IBench[] All =
    [
        new DecodeBench(),
        new CreateBench(),
        new RemoveBench(),
    ];

    public static int Main(string[] args)
    {
        var unknown = args.Except(All.Select(bench => bench.Name)).ToArray();
        if (unknown.Length > 0)
        {
            Console.Error.WriteLine($"There is no bench {string.Join(", ", unknown)}. There are:");
            foreach (var bench in All)
                Console.Error.WriteLine($"  {bench.Name,-10} {bench.Description}");
            return 2;
        }

        var failed = 0;
        foreach (var bench in All.Where(bench => args.Length == 0 || args.Contains(bench.Name)))
        {
            var outcome = Run(bench);
            var verdict = outcome.Passed switch { true => "ok", false => "MISSED", null => "skipped" };
            Console.WriteLine($"{bench.Name,-10} {verdict,-7}  {outcome.Text}");
            failed += outcome.Passed is false ? 1 : 0;
        }

        return failed == 0 ? 0 : 1;
    }

    /// <summary>A bench that breaks is a missed ceiling, and stops none of the others.</summary>
    private static Outcome Run(IBench bench)
    {
        try
        {
            return bench.Run();
        }
        catch (Exception e)
        {
            return Outcome.Of(false, $"{e.GetType().Name}: {e.Message}");
        }
    }
}
