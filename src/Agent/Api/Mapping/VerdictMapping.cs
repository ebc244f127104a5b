using Google.Protobuf.WellKnownTypes;
using NodeAgent.Verdicts;

namespace NodeAgent.Api.Mapping;

/// <summary>Verdicts and their changes as messages.</summary>
internal static class VerdictMapping
{
    public static V1.Verdict ToWire(StandingVerdict standing) => new()
    {
        Kind = standing.Verdict.Kind,
        Object = standing.Verdict.Object,
        State = standing.Verdict.State,
        Severity = ToWire(standing.Verdict.Severity),
        Sentence = standing.Verdict.Sentence,
        Since = standing.Since.ToTimestamp(),
    };

    public static V1.VerdictChange ToWire(VerdictChange change)
    {
        var wire = new V1.VerdictChange { Time = change.Time.ToTimestamp(), Kind = change.Kind, Object = change.Object };
        if (change.Former is { } former) wire.Former = former;
        if (change.Verdict is not { } verdict) return wire;
        wire.State = verdict.State;
        wire.Severity = ToWire(verdict.Severity);
        wire.Sentence = verdict.Sentence;
        return wire;
    }

    public static V1.Severity ToWire(Severity severity) => severity switch
    {
        Severity.Ok => V1.Severity.Ok,
        Severity.Warning => V1.Severity.Warning,
        Severity.Critical => V1.Severity.Critical,
        _ => V1.Severity.Unknown,
    };
}
