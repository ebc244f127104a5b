using System.Text.Json.Nodes;
using NodeAgent.Api.V1;
using NodeAgent.Cli.Show;

namespace NodeAgent.Cli.Migration;

/// <summary>A watch as lines: events for people, events and samples for programs.</summary>
internal sealed class LineWatch(Invocation run, MigrationReplica replica, GuestFilter wanted) : WatchOutput
{
    private bool _lost;

    public override void Take(WatchMigrationsResponse message)
    {
        var back = _lost;
        _lost = false;
        var news = replica.Take(message);
        var time = replica.Time ?? run.Host.Time.GetUtcNow();
        if (back) Say(time, "resumed", "the agent is back; the watch goes on");
        if (news is not null && run.Settings.Format == OutputFormat.Table) Text(news, time);
        else if (news is not null) Nodes(news, time);
        run.Out.Flush();
    }

    public override void Lost()
    {
        if (_lost) return;
        _lost = true;
        Say(run.Host.Time.GetUtcNow(), "lost", "the agent is gone: waiting for it for up to 30 s");
        run.Out.Flush();
    }

    public override void Dispose()
    {
    }

    private void Text(MigrationNews news, DateTimeOffset time)
    {
        var all = replica.Migrations.Where(m => wanted.Takes(m.Guest)).ToList();
        if (news.First)
        {
            run.Out.WriteLine($"{run.Clock(time)}  {ListText.Summary(all)}; Ctrl-C ends");
            foreach (var migration in ListText.Order(all)) run.Out.WriteLine($"{run.Clock(time)}  {WireWords.Name(migration.Guest),-15}  {ListText.Arrow(migration)}, {Sentences.Of(migration)}");
            return;
        }

        foreach (var one in news.Events)
        {
            if (replica.Find(one.MigrationId) is { } migration && wanted.Takes(migration.Guest) && WatchLines.Text(one, migration, run.Style) is { } line)
                run.Out.WriteLine($"{run.Clock(one.Time?.ToDateTimeOffset() ?? time)}  {line}");
        }
    }

    private void Nodes(MigrationNews news, DateTimeOffset time)
    {
        if (news.First) run.PrintOne(new JsonObject { ["time"] = ShowJson.Time(time), ["event"] = "start", ["migrations"] = replica.Migrations.Count(m => wanted.Takes(m.Guest)) });
        foreach (var one in news.Events)
        {
            var migration = replica.Find(one.MigrationId);
            if (migration is null ? wanted.Name is null : wanted.Takes(migration.Guest)) run.PrintOne(WatchLines.Json(one, migration));
        }

        foreach (var migration in news.Changed)
        {
            if (wanted.Takes(migration.Guest)) run.PrintOne(WatchLines.Json(migration, time));
        }
    }

    private void Say(DateTimeOffset time, string word, string text)
    {
        if (run.Settings.Format == OutputFormat.Table) run.Out.WriteLine($"{run.Clock(time)}  {run.Style.Warn(text)}");
        else run.PrintOne(new JsonObject { ["time"] = ShowJson.Time(time), ["event"] = word });
    }
}
