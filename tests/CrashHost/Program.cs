using NodeAgent;
using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Spec;
using NodeAgent.Tests.CrashHost;

// crashhost STATE DOCUMENT EVENT [CONFIGURATION]: applies a document one step at a time and kills itself with SIGKILL at the EVENTth report of
// progress (from 0); past the last one it ends by itself, with status 0 where the change was kept.
// crashhost history STATE: ends one migration after the other until it is killed.
if (args[0] == "history") return HistoryLife.Run(args[1]);
var (state, file, at) = (args[0], args[1], int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture));
var document = DocumentReader.Read(file, File.ReadAllText(file)).Document!;
using var engine = new NetworkEngine(new EngineOptions
{
    Paths = new HostPaths { State = state, Configuration = args.Length > 3 ? args[3] : state, Run = state },
    StepsAtOnce = 1,
});
var result = engine.Apply(
    new ApplyRequest { Document = document, Probes = [], AllowDisrupt = document.Desired.Interfaces.Select(i => i.Name).ToHashSet() },
    new KillAt(at),
    CancellationToken.None);
Console.WriteLine($"{result.Outcome}: {result.Message}");
return result.Outcome is ApplyOutcome.Committed or ApplyOutcome.NothingToDo ? 0 : 1;
