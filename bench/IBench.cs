namespace NodeAgent.Bench;

/// <summary>One measurement with its ceiling. A class per file; <see cref="Program"/> lists them.</summary>
public interface IBench
{
    /// <summary>What to write on the command line, and the key in budgets.json.</summary>
    string Name { get; }

    /// <summary>One line: what is measured, against what.</summary>
    string Description { get; }

    Outcome Run();
}
