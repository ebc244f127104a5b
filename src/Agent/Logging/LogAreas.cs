namespace NodeAgent.Logging;

/// <summary>The parts of the agent that log, each with a level of its own.</summary>
public static class LogAreas
{
    public const string Network = "network";
    public const string Drift = "drift";
    public const string Api = "api";
    public const string Access = "access";
    public const string Metrics = "metrics";
    public const string Config = "config";

    public const string Storage = "storage";

    public const string Kvm = "kvm";

    public const string Migration = "migration";

    /// <summary>How objects of the node stand, and the record of it.</summary>
    public const string Verdicts = "verdicts";

    /// <summary>The daemon's own life, and the libraries that serve.</summary>
    public const string Host = "host";

    public static readonly IReadOnlyList<string> All = [Network, Drift, Api, Access, Metrics, Config, Storage, Kvm, Migration, Verdicts, Host];
}
