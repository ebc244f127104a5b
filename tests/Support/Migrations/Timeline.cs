using NodeAgent.Migration.Traces;

namespace NodeAgent.Tests.Support.Migrations;

/// <summary>A recorded migration of tests/fixtures/migrations, and what is known of how it went on.</summary>
/// <param name="Name">Folder and name, without ".jsonl".</param>
/// <param name="HeldOut">No constant was chosen on it.</param>
/// <param name="JudgedFrom">
/// Seconds on its clock from which a forecast can be held against the end: after somebody raised a limit, began post-copy or the
/// guest changed what it does. 0: from the start.
/// </param>
/// <param name="Ended">When it completed, where the timeline itself does not say; null otherwise.</param>
public sealed record Timeline(string Name, bool HeldOut, double JudgedFrom = 0, double? Ended = null)
{
    public static string Root { get; } = Path.Combine(ProjectFolder.Path, "tests", "fixtures", "migrations");

    public string File => Path.Combine(Root, Name + ".jsonl");

    public MigrationTrace Read() => TraceReader.Read(Name, System.IO.File.ReadAllBytes(File));

    /// <summary>Seconds on its clock at which it completed; null where it was cancelled or failed.</summary>
    public double? EndOf(MigrationTrace trace)
    {
        foreach (var entry in trace.Entries)
        {
            if (entry.Sample.Phase == NodeAgent.Migration.Model.MigrationPhase.Completed) return entry.Sample.At.TotalSeconds;
        }

        return Ended;
    }
}
