using System.CommandLine;
using NodeAgent.Api.Storage;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Storage;

/// <summary>nodeagent storage show [MAP…]</summary>
internal static class ShowCommand
{
    public static CliCommand Build(string description)
    {
        var maps = new Argument<string[]>("MAP") { Description = "maps by name or WWID, in full", Arity = ArgumentArity.ZeroOrMore };
        return new CliCommand("show", description)
        {
            Arguments = { maps },
            Run = run => Show(run, run.Value(maps) ?? []),
            Details = "What is wrong comes first, with the next thing to check. Device-mapper's word decides whether a path is usable; the checker's and the device's stand beside it, for they can differ. "
                + "PATHS are the usable ones of all it has or ever had. Without an agent this process reads what it can, which needs root. "
                + "Exit code 0: it was shown, whatever it is, also that there are no maps or that the kernel has no device-mapper; 1: it could not be read, or there is no such map.",
            Examples =
            [
                new("nodeagent storage show", "the page to look at first"),
                new("nodeagent storage show mpatha", "one map with its paths"),
                new("nodeagent storage show -o json | jq '.maps[] | select(.verdict!=\"healthy\") | .sentence'", "for programs"),
            ],
        };
    }

    private static int Show(Invocation run, IReadOnlyList<string> names)
    {
        var storage = StorageAnswer.Get(run);
        Select(storage, names);
        if (!run.PrintForPrograms(() => StorageJson.Of(storage))) new StorageText(run, storage, all: names.Count > 0 || run.Settings.Verbose).Write();
        return storage.Source.State == StorageSourceState.Failed ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Select(ListStorageResponse storage, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return;
        var unknown = names.Where(n => !storage.Maps.Any(m => Is(m, n))).ToList();
        if (unknown.Count > 0) throw new CliException(ExitCode.Failed, $"there is no multipath map {string.Join(", ", unknown)} on this node{StorageList.Known([.. storage.Maps.Select(static m => m.Name)], storage.Source.Reason)}");
        var chosen = storage.Maps.Where(m => names.Any(n => Is(m, n))).ToList();
        storage.Maps.Clear();
        storage.Maps.Add(chosen);
        var used = chosen.SelectMany(static m => m.Groups).SelectMany(static g => g.Paths).Select(static p => p.Initiator).ToHashSet(StringComparer.Ordinal);
        var initiators = storage.Initiators.Where(i => used.Contains(i.Name)).ToList();
        storage.Initiators.Clear();
        storage.Initiators.Add(initiators);
    }

    private static bool Is(MultipathMap map, string name) => map.Name == name || map.Wwid == name;
}
