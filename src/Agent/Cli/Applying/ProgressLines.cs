using NodeAgent.Network.Applying;

namespace NodeAgent.Cli.Applying;

/// <summary>Shows how a transaction gets on: in place on a terminal, else a line for each stage.</summary>
public sealed class ProgressLines(TextWriter error, bool inPlace) : IProgress<ApplyEvent>
{
    private string _last = "";
    private bool _open;

    public void Report(ApplyEvent value)
    {
        // Of the steps only the last one makes a line; a terminal sees each.
        if (!inPlace && value is { Stage: ApplyStage.Apply, Total: > 0 } && value.Done < value.Total) return;
        var text = Line(value);
        if (text == _last) return;
        _last = text;
        if (!inPlace)
        {
            error.WriteLine(text);
            return;
        }

        // What a person acts on or must know of later stays on the screen.
        var stays = value.Stage is ApplyStage.Recover or ApplyStage.Confirm or ApplyStage.RollBack;
        error.Write($"\r\e[K{text}{(stays ? "\n" : "")}");
        _open = !stays;
    }

    /// <summary>Leaves the line of a terminal clean for what comes next.</summary>
    public void End()
    {
        if (_open) error.Write("\r\e[K");
        _open = false;
    }

    private static string Line(ApplyEvent value) => value.Stage switch
    {
        ApplyStage.Recover => "recovered: " + value.Text,
        ApplyStage.Plan => "planned: " + value.Text,
        ApplyStage.ProbeBefore => "probe before: " + value.Text,
        ApplyStage.Journal => "journal: " + value.Text,
        ApplyStage.Apply => $"applying {value.Done}/{value.Total}",
        ApplyStage.Verify => "verified: " + value.Text,
        ApplyStage.Probe => "probe: " + value.Text,
        ApplyStage.RollBack => "rolling back: " + value.Text,
        _ => value.Text,
    };
}
