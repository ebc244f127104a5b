namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>Keeps the first problem of a message, for a sentence about it.</summary>
internal sealed class FirstProblem : IFieldProblems
{
    public string? Text { get; private set; }

    public void Wrong(string field, string message) => Text ??= field.Length > 0 ? $"{field}: {message}" : message;

    public void Clear() => Text = null;
}
