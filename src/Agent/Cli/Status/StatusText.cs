using System.Globalization;
using NodeAgent.Api.V1;
using NodeAgent.Cli.Show;
using NodeAgent.Network.Drift;
using NodeAgent.Storage.Judging;

namespace NodeAgent.Cli.Status;

/// <summary>`status` for people: one page, what is wrong first.</summary>
internal static class StatusText
{
    public static void Write(Invocation run, StatusPage page)
    {
        WriteHead(run, page);
        WriteProblems(run, page);
        WriteWaiting(run, page.Node);
        WriteStorage(run, page.Node);
        WriteKvm(run, page.Node);
        WriteGuests(run, page.Node);
        WriteNetwork(run, page.Node);
        WritePolicies(run, page.Node);
        WriteTransactions(run, page.Node);
        WriteParts(run, page);
    }

    private static void WriteHead(Invocation run, StatusPage page)
    {
        var (node, style) = (page.Node, run.Style);
        var state = page.Socket is null ? style.Bad("no agent runs") : node.Ready ? style.Good("ready") : style.Bad("not ready");
        run.Out.WriteLine($"{style.Head(node.Name)}: {state}, kernel {node.Kernel}");
        if (page.Socket is null) return;
        var started = node.Started.ToDateTimeOffset();
        run.Out.WriteLine($"agent {node.AgentVersion}, process {node.Pid}, up {Spans.Short(node.Time.ToDateTimeOffset() - started)} since {Time(started)}, asked at {page.Socket}");
    }

    private static void WriteProblems(Invocation run, StatusPage page)
    {
        var table = new TextTable();
        foreach (var problem in page.Problems)
        {
            Func<string, string> paint = problem.Severity is Severity.Warning or Severity.Unknown ? run.Style.Warn : run.Style.Bad;
            table.Add(new Cell("!", paint), problem.Object.Length == 0 ? problem.Message : $"{problem.Object} {problem.Message}");
        }

        Section(run, "Problems", table);
    }

    private static void WriteWaiting(Invocation run, Api.V1.Node node)
    {
        if (node.Waiting is not { } waiting) return;
        var left = Math.Max(0, (int)(waiting.Deadline.ToDateTimeOffset() - node.Time.ToDateTimeOffset()).TotalSeconds);
        run.Out.WriteLine();
        ShowText.WriteWaiting(run, waiting.Id, waiting.Policy, left);
    }

    private static void WriteStorage(Invocation run, Api.V1.Node node)
    {
        if (node.Storage is not { } storage) return;
        (int Count, string Word)[] states =
        [
            (storage.Healthy, "healthy"), (storage.Degraded, "degraded"), (storage.NoRedundancy, "without redundancy"), (storage.Failed, "failed"), (storage.Queueing, "queueing"), (storage.Unknown, "unknown"),
        ];
        var counts = string.Join(", ", states.Where(static s => s.Count > 0).Select(static s => $"{s.Count} {s.Word}"));
        // Why multipathd is missed is among the problems.
        var reason = storage.Source == SourceWords.Of(NodeAgent.Storage.Model.StorageSourceState.DeviceMapper) ? "" : $"; {storage.Reason}";
        Line(run, "Storage", storage.Maps == 0 ? storage.Reason : $"{Plural.Of(storage.Maps, "multipath map")} ({counts}), {storage.UsablePaths} of {storage.Paths} paths usable{reason}");
    }

    private static void WriteKvm(Invocation run, Api.V1.Node node)
    {
        if (node.Kvm is not { } kvm) return;
        var table = new TextTable();
        table.Add(new Cell("KVM", run.Style.Head), kvm.Usable ? new Cell("usable", run.Style.Good) : new Cell("not usable", run.Style.Bad), kvm.Reason);
        run.Out.WriteLine();
        table.Write(run.Out, run.Style, run.Settings.Width);
    }

    private static void WriteGuests(Invocation run, Api.V1.Node node)
    {
        if (node.Guests is not { } guests) return;
        (int Count, string Word)[] migrations = [(guests.MigrationsOutgoing, "leaving"), (guests.MigrationsIncoming, "coming"), (guests.MigrationsNotConverging, "that will not converge")];
        var words = string.Join(", ", migrations.Where(static m => m.Count > 0).Select(static m => $"{m.Count} {m.Word}"));
        Line(run, "Guests", $"{Plural.Of(guests.Guests, "guest")}, {(words.Length > 0 ? $"{Plural.Of(guests.MigrationsOutgoing + guests.MigrationsIncoming, "migration")} under way ({words})" : "no migrations under way")}");
    }

    private static void WriteNetwork(Invocation run, Api.V1.Node node)
    {
        var (counts, style) = (node.Counts, run.Style);
        Line(run, "Network", $"{Plural.Of(counts.Links, "link")} ({counts.LinksUp} up), {Plural.Of(counts.Bridges, "bridge")}, {Plural.Of(counts.Bonds, "bond")}, {Plural.Of(counts.Vlans, "VLAN")}, {Plural.Of(counts.GuestPorts, "guest port")}, {Plural.Of(counts.Addresses, "address", "addresses")}");
        var table = new TextTable("LINK", "TYPE", "GUESTS", "PORTS");
        foreach (var bridge in node.Bridges) table.Add(bridge.Name, "linux-bridge", Number(bridge.GuestPorts), Ports(bridge.Uplinks));
        foreach (var bond in node.Bonds) table.Add(bond.Carrier ? new Cell(bond.Name) : new Cell(bond.Name, style.Bad), $"bond {bond.Mode}", "", Ports(bond.Ports));
        if (table.Count > 0) table.Write(run.Out, style, run.Settings.Width, "  ");
    }

    private static void WritePolicies(Invocation run, Api.V1.Node node)
    {
        // Where not all fit, what says least of how they stand goes first; JSON has all.
        var table = new FittedTable(new("POLICY", FittedTable.Always), new("MODE", 2), new("STATE", FittedTable.Always), new("APPLIED", 4), new("GENERATION", 1), new("REPAIRS", 5), new("LAST DRIFT", 3));
        foreach (var policy in node.Policies)
        {
            table.Add(
            [
                policy.Name,
                policy.Mode == PolicyMode.Observe ? "observe" : "repair",
                new Cell(policy.State, policy.State == PolicyStatuses.InForce ? run.Style.Good : run.Style.Warn),
                Time(policy.Applied?.ToDateTimeOffset()),
                Number(policy.Generation),
                Number(policy.Repairs),
                Time(policy.LastDrift?.ToDateTimeOffset()),
            ]);
        }

        if (table.Count == 0) return;
        run.Out.WriteLine();
        run.Out.WriteLine(run.Style.Head("Policies"));
        table.Write(run.Out, run.Style, run.Settings.Width, "  ");
    }

    private static void WriteTransactions(Invocation run, Api.V1.Node node)
    {
        var table = new TextTable("STARTED", "KIND", "POLICY", "STATE", "OUTCOME");
        foreach (var one in node.Transactions.TakeLast(5))
        {
            var state = StatusJson.Word(one.State);
            table.Add(Time(one.Started.ToDateTimeOffset()), one.Kind, one.HasPolicy ? one.Policy : "-", one.State == TransactionState.Stuck ? new Cell(state, run.Style.Bad) : new Cell(state), one.Outcome);
        }

        Section(run, "Last transactions", table);
    }

    private static void WriteParts(Invocation run, StatusPage page)
    {
        var table = new TextTable();
        foreach (var part in page.Node.Parts) table.Add(part.Name, part.Ready ? new Cell("ready", run.Style.Good) : new Cell("not ready", run.Style.Bad), part.Reason);
        foreach (var endpoint in page.Node.Endpoints) table.Add(endpoint.Contains("/metrics", StringComparison.Ordinal) ? "metrics" : "gRPC", "", endpoint);
        Section(run, "Agent", table);
    }

    private static void Line(Invocation run, string head, string text)
    {
        var table = new TextTable();
        table.Add(new Cell(head, run.Style.Head), text);
        run.Out.WriteLine();
        table.Write(run.Out, run.Style, run.Settings.Width);
    }

    private static void Section(Invocation run, string head, TextTable table)
    {
        if (table.Count == 0) return;
        run.Out.WriteLine();
        run.Out.WriteLine(run.Style.Head(head));
        table.Write(run.Out, run.Style, run.Settings.Width, "  ");
    }

    private static string Ports(IEnumerable<PortSummary> ports)
    {
        var words = ports.Select(p => p is { Up: true, Carrier: true } ? $"{p.Name} up" : $"{p.Name} {(p.Up ? "no carrier" : "down")}").ToList();
        return words.Count == 0 ? "none" : string.Join(", ", words);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
