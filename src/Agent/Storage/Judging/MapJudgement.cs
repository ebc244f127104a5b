namespace NodeAgent.Storage.Judging;

/// <summary>What came of judging a map.</summary>
/// <param name="Verdict">How it stands.</param>
/// <param name="History">What to remember for the next time.</param>
public readonly record struct MapJudgement(MapVerdict Verdict, MapHistory History);
