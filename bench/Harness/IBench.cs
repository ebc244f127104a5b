namespace NodeAgent.Bench.Harness;

/// <summary>One benchmark: compares in one run, by turns, with a peer or a floor, so that figures are ratios.</summary>
internal interface IBench
{
    /// <summary>As on the command line, and the first part of its names in budgets.json.</summary>
    string Name { get; }

    string Description { get; }

    Place Place { get; }

    void Run(Report report);
}
