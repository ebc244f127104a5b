using Google.Protobuf.WellKnownTypes;
using NodeAgent.Network.Applying;

namespace NodeAgent.Api.Mapping;

/// <summary>Progress and results of transactions.</summary>
internal static class ChangeMapping
{
    // The stages have the same names and order on both sides, after UNSPECIFIED; a test holds them together.
    public static V1.ChangeProgress ToWire(ApplyEvent progress) => new()
    {
        Stage = (V1.ChangeStage)((int)progress.Stage + 1),
        Text = progress.Text,
        Done = progress.Done,
        Total = progress.Total,
    };

    public static ApplyEvent FromWire(V1.ChangeProgress wire) => new((ApplyStage)((int)wire.Stage - 1), wire.Text, wire.Done, wire.Total);

    /// <param name="result">Any outcome but Invalid, which is a status of the call.</param>
    public static V1.ChangeResult ToWire(ApplyResult result)
    {
        var wire = new V1.ChangeResult
        {
            Outcome = result.Outcome switch
            {
                ApplyOutcome.Committed => V1.ChangeOutcome.Committed,
                ApplyOutcome.NothingToDo => V1.ChangeOutcome.NothingToDo,
                ApplyOutcome.Refused => V1.ChangeOutcome.Refused,
                ApplyOutcome.RolledBack => V1.ChangeOutcome.RolledBack,
                _ => V1.ChangeOutcome.Failed,
            },
            Message = result.Message,
            Plan = PlanMapping.ToWire(result.Plan),
            Duration = result.Duration.ToDuration(),
        };
        if (result.Transaction is { } transaction) wire.Transaction = transaction;
        wire.Causes.Add(result.Causes);
        return wire;
    }

    /// <exception cref="FormatException">The result is of a kind that only a newer agent knows.</exception>
    public static ApplyResult FromWire(V1.ChangeResult wire) => new()
    {
        Outcome = wire.Outcome switch
        {
            V1.ChangeOutcome.Committed => ApplyOutcome.Committed,
            V1.ChangeOutcome.NothingToDo => ApplyOutcome.NothingToDo,
            V1.ChangeOutcome.Refused => ApplyOutcome.Refused,
            V1.ChangeOutcome.RolledBack => ApplyOutcome.RolledBack,
            _ => ApplyOutcome.Failed,
        },
        Message = wire.Message,
        Transaction = wire.HasTransaction ? wire.Transaction : null,
        Plan = PlanMapping.FromWire(wire.Plan),
        Causes = [.. wire.Causes],
        Duration = wire.Duration?.ToTimeSpan() ?? TimeSpan.Zero,
    };
}
