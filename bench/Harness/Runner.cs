using System.Globalization;
using NodeAgent.Bench.Micro;
using NodeAgent.Bench.Migration;

namespace NodeAgent.Bench.Harness;

/// <summary>The program's arguments: which benchmarks to run, or what to tell about them.</summary>
internal static class Runner
{
    private const string Usage = """
        bench [--results FOLDER] NAME...   run these here
        bench --list                       every name, and where it runs: host or vm
        bench micro [ARGUMENT...]          micro benchmarks by BenchmarkDotNet, whose arguments these are
        bench --table FOLDER               the table of what earlier runs left in FOLDER; status 1 if a ceiling is broken
        """;

    public static int Run(string[] args, IReadOnlyList<IBench> benches)
    {
        switch (args)
        {
            case ["--list"]:
                foreach (var bench in benches) Console.WriteLine($"{bench.Name} {bench.Place.ToString().ToLowerInvariant()}");
                return 0;
            case ["micro", .. var arguments]:
                return MicroBenchmarks.Run(arguments);
            case [StreamClientProcess.Argument, var socket, var count]:
                return StreamClientProcess.Run(socket, int.Parse(count, CultureInfo.InvariantCulture));
            case ["--table", var folder]:
                return FigureTable.Print(FigureTable.Load(folder), Console.Out) ? 0 : 1;
            case ["--results", var folder, .. var names]:
                return Run(Named(names, benches), folder);
            case [] or ["-h" or "--help"]:
                Console.WriteLine(Usage);
                foreach (var bench in benches) Console.WriteLine($"  {bench.Name,-10} {bench.Description}");
                return 0;
            default:
                return Run(Named(args, benches), null);
        }
    }

    private static int Run(List<IBench> benches, string? folder)
    {
        var budgets = Budgets.Read();
        var figures = new List<Figure>();
        foreach (var bench in benches)
        {
            Console.WriteLine($"{bench.Name}: {bench.Description}");
            var report = new Report(bench.Name, budgets, Console.Out);
            try
            {
                bench.Run(report);
            }
            catch (Exception e)
            {
                Console.Error.WriteLine(e);
                report.Fail($"could not be measured: {e.Message}");
            }

            if (folder is not null) FigureTable.Save(folder, bench.Name, report.Figures);
            figures.AddRange(report.Figures);
        }

        if (folder is not null) return 0;
        Console.WriteLine();
        return FigureTable.Print(figures, Console.Out) ? 0 : 1;
    }

    private static List<IBench> Named(string[] names, IReadOnlyList<IBench> benches) =>
        [.. names.Select(name => benches.FirstOrDefault(bench => bench.Name == name)
            ?? throw new ArgumentException($"There is no benchmark '{name}'; there are {string.Join(", ", benches.Select(b => b.Name))}."))];
}
