using NodeAgent.Config;

namespace NodeAgent.Doctor;

/// <param name="name">For messages.</param>
/// <param name="read">Reads the facts.</param>
/// <param name="checks">What is judged from them.</param>
internal sealed class Area<TFacts>(string name, Func<TFacts> read, IReadOnlyList<Check<TFacts>> checks) : IArea
{
    public string Name => name;

    public IReadOnlyList<string> Ids { get; } = [.. checks.Select(static c => c.Id)];

    public IReadOnlyList<CheckResult> Examine(DoctorSettings settings)
    {
        var facts = read();
        return [.. checks.Select(check => check.Result(Judge(check, facts, settings), settings))];
    }

    public IReadOnlyList<CheckResult> Unread(string reason, DoctorSettings settings) =>
        [.. checks.Select(check => check.Result(Finding.Unknown(reason), settings))];

    // One that fails on what it was given costs its own line only.
    private static Finding Judge(Check<TFacts> check, TFacts facts, DoctorSettings settings)
    {
        try
        {
            return check.Judge(facts, settings);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Finding.Unknown($"the check failed: {e.Message}");
        }
    }
}
