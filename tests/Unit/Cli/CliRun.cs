using NodeAgent.Cli;
using NodeAgent.Kvm.Model;
using NodeAgent.Network;
using NodeAgent.Storage.Model;
using NodeAgent.Tests.Unit.Kvm;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>One run of the command line over an engine that a test plays.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>The note that says who did it, which is not in <see cref="Error"/>; empty where there was none.</summary>
    public string Where { get; private init; } = "";

    public static CliRun With(INetworkEngine engine, params string[] args) => With(engine, new Dictionary<string, string>(), args);

    public static CliRun With(INetworkEngine engine, IReadOnlyDictionary<string, string> environment, string[] args, string input = "", Action<Settings>? onSettings = null, KvmReport? kvm = null, StorageReading? storage = null, int? terminalWidth = null)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = CommandLine.Run(args, new CliHost
        {
            Out = output,
            Error = error,
            In = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
            Environment = environment.GetValueOrDefault,
            OutIsTerminal = terminalWidth is not null,
            TerminalWidth = () => terminalWidth ?? 0,
            Time = new FixedTime(),
            Storage = _ => storage ?? new StorageReading { Source = new StorageSource(StorageSourceState.Absent, "this node has no multipath maps, and multipathd is not running") },
            Kvm = _ => kvm ?? SampleKvm.Usable,
            Engine = settings =>
            {
                onSettings?.Invoke(settings);
                return engine;
            },
        });
        var lines = error.ToString().Split('\n').ToList();
        var where = lines.Find(static l => l.StartsWith("nodeagent: note: by the agent at ", StringComparison.Ordinal) || l.StartsWith("nodeagent: note: in this process", StringComparison.Ordinal));
        if (where is not null) lines.Remove(where);
        return new CliRun(code, output.ToString(), string.Join('\n', lines)) { Where = where ?? "" };
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
