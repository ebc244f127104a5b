using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Store;

/// <summary>A map with its verdict, as of the version at which either changed last.</summary>
/// <param name="Map">As it was read.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="History">What is remembered of it.</param>
/// <param name="Version">Of the state.</param>
public sealed record JudgedMap(MultipathMap Map, MapVerdict Verdict, MapHistory History, long Version);
