using NodeAgent.Api.V1;
using NodeAgent.Cli;
using NodeAgent.Cli.Migration;
using Xunit;
using static NodeAgent.Tests.Unit.Cli.Migration.MigrationMaker;
using Wire = NodeAgent.Api.V1.Migration;

namespace NodeAgent.Tests.Unit.Cli.Migration;

/// <summary>Migrations on a terminal: from what an agent tells to lines.</summary>
public sealed class RenderTests
{
    private static readonly Style s_plain = new(false);

    /// <summary>Moves the cursor, clears the screen, turns the direction of writing, breaks the line; and what is only unusual.</summary>
    private const string Hostile = "a\u001b[2J\u001b]0;x\u0007b\nc\r\u009b31m\u202egnp.\u2028\ud800é日本🙂\\";

    private static readonly Wire[] s_all =
    [
        Ended("api-3", MigrationPhase.Failed, error: "Unable to write to socket: Broken pipe"),
        Converging(),
        Incoming(),
        Ended("api-2", MigrationPhase.Completed),
        Stuck(),
    ];

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    public void A_list_fits_its_width(int width)
    {
        var lines = Fits(ListText.Lines(s_all, [OnNode("db-1", 8192)], null, withGuests: false, Now, s_plain, width), width);
        Golden.Check($"list-{width}.txt", lines);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    public void A_picture_of_a_watch_fits_its_width(int width)
    {
        var lines = Fits(WatchFrame.Lines(s_all, "12:00:00", Now, null, s_plain, width, 50), width);
        Golden.Check($"watch-{width}.txt", lines);
    }

    [Fact]
    public void A_terminal_that_is_too_low_says_how_much_is_hidden()
    {
        var all = WatchFrame.Lines(s_all, "12:00:00", Now, null, s_plain, 80, 50);
        var lines = WatchFrame.Lines(s_all, "12:00:00", Now, null, s_plain, 80, 6);
        Assert.Equal(6, lines.Count);
        Assert.Equal(all[..5], lines[..5]);
        Assert.Equal($"… {all.Count - 5} lines more: `nodeagent migration list` shows all", lines[5]);
    }

    [Fact]
    public void A_watch_whose_agent_has_gone_says_so_above_what_it_knew()
    {
        var lines = WatchFrame.Lines([Converging()], "12:00:00", Now, "The agent is gone: waiting for it.", s_plain, 80, 50);
        Assert.Equal("12:00:00  1 migration under way; Ctrl-C ends", lines[0]);
        Assert.Equal("The agent is gone: waiting for it.", lines[1]);
        Assert.Contains(lines, static l => l.StartsWith("prod/web-7", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_under_way_names_the_last_one()
    {
        var lines = ListText.Lines([], [OnNode("db-1", 8192)], Ended("api-2", MigrationPhase.Completed, ago: 125), withGuests: false, Now, s_plain, 200).ToList();
        Assert.Equal(["No migration is under way; the last one: prod/api-2 to 10.0.0.7, done in 13 s, guest stopped for 18 ms, 8 passes, 2 min 5 s ago; 1 guest on this node (--guests lists them)"], lines);
        Assert.Equal(["No migration is under way; none has ended here that is remembered; no guests run here"], ListText.Lines([], [], null, withGuests: false, Now, s_plain, 200));
    }

    [Fact]
    public void Guests_are_listed_with_what_is_known_of_them()
    {
        var alone = OnNode("by-hand", 512, null, "its only monitor, /run/a.qmp, is left to whoever runs it: give the agent one of its own (-qmp unix:PATH,server=on,wait=off)");
        alone.Source = GuestSource.Proc;
        NodeAgent.Api.V1.Guest[] guests =
        [
            OnNode("db-1", 8192, 140),
            OnNode("gpu-1", 65536, null, "", "0000:3b:00.0 of the host is passed through"),
            OnNode("old-1", 2048, null, "libvirt does not answer: /run/libvirt/virtqemud-sock: ECONNREFUSED"),
            alone,
        ];
        Golden.Check("guests.txt", Fits(ListText.Lines([], guests, null, withGuests: true, Now, s_plain, 100), 100));
    }

    [Fact]
    public void History_has_a_row_each_and_the_reason_below()
    {
        Wire[] ended =
        [
            Ended("api-2", MigrationPhase.Completed),
            Ended("api-3", MigrationPhase.Failed, 300, 8, "Unable to write to socket: Broken pipe"),
            Ended("api-4", MigrationPhase.Unknown, 4000, 70, "QEMU ended (pid 123) in pass 4 before it said how the migration ended"),
        ];
        Golden.Check("history.txt", Fits(HistoryText.Lines(ended, null, TimeZoneInfo.Utc, s_plain, 120), 120));
        Golden.Check("history-60.txt", Fits(HistoryText.Lines(ended, null, TimeZoneInfo.Utc, s_plain, 60), 60));
    }

    [Fact]
    public void One_that_ended_comes_with_its_passes_phases_and_verdicts()
    {
        var one = Ended("api-2", MigrationPhase.Completed);
        one.Passes.Add([Pass(1, 9.8, 152, 152), Pass(2, 2.9, 50, 50), Pass(3, 0.8, 14, 14, 20)]);
        one.Verdicts.Add([Verdict(ForecastVerdict.TooEarly, 30), Verdict(ForecastVerdict.Converging, 24), Verdict(ForecastVerdict.Done, 20)]);
        one.Phases.Add([Phase(MigrationPhase.Setup, "setup", 30), Phase(MigrationPhase.Precopy, "active", 29.6), Phase(MigrationPhase.Switchover, "pre-switchover", 20.2), Phase(MigrationPhase.Switchover, "device", 20.1)]);
        Golden.Check("history-one.txt", Fits(HistoryText.One(one, TimeZoneInfo.Utc, s_plain, 80), 80));
    }

    [Fact]
    public void No_history_is_an_answer()
    {
        Assert.Equal(["No migration has ended here that is remembered."], HistoryText.Lines([], null, TimeZoneInfo.Utc, s_plain, 80));
        Assert.Equal([@"No migration of a\nb is remembered here; `nodeagent migration history` lists all."], HistoryText.Lines([], "a\nb", TimeZoneInfo.Utc, s_plain, 80));
    }

    [Fact]
    public void Whatever_a_guest_or_QEMU_says_stays_within_its_line()
    {
        var migration = Stuck();
        (migration.Guest.Namespace, migration.Guest.Name, migration.Guest.Domain) = ("", "", Hostile);
        (migration.Peer, migration.Error, migration.Limitation, migration.Trigger, migration.Id) = (Hostile, Hostile, Hostile, Hostile, Hostile);
        migration.Forecast.LimitingFactor = migration.Forecast.Advice = Hostile;
        var ended = migration.Clone();
        (ended.Phase, ended.Ended) = (MigrationPhase.Failed, ended.Started);
        var guest = OnNode("x", 1, null, Hostile, Hostile);
        (guest.Ref.Namespace, guest.Ref.Domain) = ("", Hostile);
        var drain = new GetDrainForecastResponse { Summary = Hostile, Basis = Hostile, Guests = { new GuestDrainForecast { Guest = guest.Ref, Blockers = { Hostile }, Unknowns = { Hostile } } } };
        string[] lines =
        [
            .. ListText.Lines([migration, ended], [guest], null, withGuests: true, Now, s_plain, 100),
            .. ListText.Lines([], [guest], ended, withGuests: true, Now, s_plain, 100),
            .. WatchFrame.Lines([migration, ended], "12:00:00", Now, null, s_plain, 100, 100),
            .. HistoryText.Lines([ended], Hostile, TimeZoneInfo.Utc, s_plain, 100),
            .. HistoryText.One(ended, TimeZoneInfo.Utc, s_plain, 100),
            .. DrainTable.Lines(drain, s_plain, 100),
            .. new[] { 1, 2, 3 }.Select(kind => WatchLines.Text(Event(Hostile, 1, 0, e => { if (kind == 1) e.Started = new(); else if (kind == 2) e.Verdict = ForecastVerdict.WillNotConverge; else e.Ended = MigrationPhase.Failed; }), kind == 3 ? ended : migration, s_plain)!),
        ];
        foreach (var line in lines) Assert.DoesNotContain(line, static c => c is < ' ' or (>= '\u007f' and <= '\u009f') or '\u2028' or '\u202e' or '\ud800');
        Assert.Contains(lines, static l => l.Contains(@"a\x1b[2J\x1b]0;x\x07b\nc\r\x9b31m\u{202e}gnp.\u{2028}\u{d800}é日本🙂\\", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ForecastVerdict.TooEarly, 4.0, 18.0, "pass 5, too early to tell: ends in 4 to 18 s if it dirties what was measured")]
    [InlineData(ForecastVerdict.TooEarly, 16.0, null, "pass 5, too early to tell: takes at least 16 s more")]
    [InlineData(ForecastVerdict.TooEarly, null, null, "pass 5, too early to tell")]
    [InlineData(ForecastVerdict.Converging, 6.0, 9.0, "pass 5, converging: ends in 6 to 9 s, guest stops for at most 180 ms")]
    [InlineData(ForecastVerdict.Slow, 6.0, null, "pass 5, slow: ends in at least 6.0 s, guest stops for at most 180 ms; needs more")]
    [InlineData(ForecastVerdict.Stagnating, 6.0, null, "pass 5, stagnating: it is so; needs more")]
    [InlineData(ForecastVerdict.WillNotConverge, null, null, "will not converge: it is so; needs more")]
    [InlineData(ForecastVerdict.SwitchingOver, 0.0, 0.4, "switching over: ends in 0 to 0.4 s, guest stops for at most 180 ms")]
    public void A_sentence_for_each_verdict(ForecastVerdict verdict, double? low, double? high, string sentence)
    {
        var migration = Converging();
        migration.Forecast = new Forecast { Verdict = verdict, ExpectedDowntime = Seconds(0.18), LimitingFactor = "it is so", Advice = "needs more", AtLeast = low is { } least ? Seconds(least) : null, AtMost = high is { } most ? Seconds(most) : null };
        Assert.Equal(sentence, Sentences.Of(migration));
    }

    [Fact]
    public void Programs_get_names_as_they_are_on_one_line()
    {
        var migration = Stuck();
        migration.Guest.Domain = Hostile.Replace("\ud800", "", StringComparison.Ordinal);
        var output = new StringWriter();
        NodeText.WriteLine(output, WatchLines.Json(migration, Now));
        Assert.DoesNotContain(output.ToString().TrimEnd('\n'), static c => c is < ' ' or (>= '\u007f' and <= '\u009f'));
        Assert.Equal(migration.Guest.Domain, System.Text.Json.Nodes.JsonNode.Parse(output.ToString())!["guest"]!["domain"]!.GetValue<string>());
    }

    [Fact]
    public void Lines_are_broken_at_columns_of_the_terminal()
    {
        Assert.Equal(["ab cd", "ef"], TextWrap.Hard("ab cd ef", 6));
        Assert.Equal(["日本語", "です ab"], TextWrap.Hard("日本語です ab", 7));
        Assert.Equal(["aaaaa", "aaaaa", "a b"], TextWrap.Hard("aaaaaaaaaaa b", 5));
    }

    [Fact]
    public void Columns_count_what_a_terminal_shows()
    {
        Assert.Equal(2 + 2 + 2 + 1, TextWidth.Of("日本🙂e\u0301"));
        Assert.Equal("日本…", TextWidth.Cut("日本語です", 5));
        Assert.Equal("abcd…", TextWidth.Cut("abcdefgh", 5));
        Assert.Equal("abcde", TextWidth.Cut("abcde", 5));
    }

    private static MigrationPhaseChange Phase(MigrationPhase phase, string status, double ago) => new() { Phase = phase, RawStatus = status, Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Now - TimeSpan.FromSeconds(ago)) };

    private static ForecastVerdictChange Verdict(ForecastVerdict verdict, double ago) => new() { Verdict = verdict, Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Now - TimeSpan.FromSeconds(ago)) };

    private static string Fits(IEnumerable<string> lines, int width)
    {
        var all = lines.ToList();
        Assert.All(all, line => Assert.True(TextWidth.Of(line) <= width, $"{TextWidth.Of(line)} > {width}: {line}"));
        return string.Join('\n', all) + "\n";
    }
}
