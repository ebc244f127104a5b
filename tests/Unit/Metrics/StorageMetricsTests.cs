using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Config;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Storage;
using NodeAgent.Metrics.Verdicts;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Storage;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>The metrics of storage and of verdicts, as scraped.</summary>
public sealed class StorageMetricsTests : IDisposable
{
    private const string Whole = "sda A ready running host2 p1 | sdb A ready running host3 p2";
    private const string One = "sda A ready running host2 p1 | sdb F faulty running host3 p2";
    private const string None = "sda F faulty running host2 p1 | sdb F faulty running host3 p2";

    private readonly ManualClock _clock = new();
    private readonly MetricRegistry _registry = new();
    private readonly VerdictBoard _board;
    private readonly MapMemory _memory = new("/nowhere", NullLogger.Instance, writes: false);
    private readonly StorageStore _store;

    public StorageMetricsTests()
    {
        _board = new VerdictBoard(_clock);
        _store = new StorageStore(1, _board, _memory, new StorageSettings(), _clock);
        StorageMetrics.Add(_registry, _store, _clock);
        VerdictMetrics.Add(_registry, _board);
    }

    [Fact]
    public void Nothing_is_shown_before_anything_was_read() =>
        Assert.DoesNotContain("\nnodeagent_storage_map", "\n" + string.Join('\n', Samples().Where(static l => !l.StartsWith('#'))), StringComparison.Ordinal);

    [Fact]
    public void A_map_shows_its_verdict_and_its_paths_as_device_mapper_has_them()
    {
        _store.Publish(MapMaker.Reading(MapMaker.Of(One) with { IsRoot = true }), null);
        var samples = Samples();
        Assert.Contains("nodeagent_storage_map_info{map=\"mpatha\",wwid=\"3600a0980mpatha\",device=\"dm-3\",root=\"yes\",boot=\"no\"} 1", samples);
        Assert.Contains("nodeagent_storage_map_verdict{map=\"mpatha\",verdict=\"no_redundancy\"} 1", samples);
        Assert.Contains("nodeagent_storage_map_verdict{map=\"mpatha\",verdict=\"healthy\"} 0", samples);
        Assert.Contains("nodeagent_storage_map_paths{map=\"mpatha\",state=\"active\"} 1", samples);
        Assert.Contains("nodeagent_storage_map_paths{map=\"mpatha\",state=\"failed\"} 1", samples);
        Assert.Contains("nodeagent_storage_path_active{map=\"mpatha\",path=\"sdb\"} 0", samples);
        Assert.Contains("nodeagent_storage_path_info{map=\"mpatha\",path=\"sdb\",dm=\"failed\",checker=\"faulty\",device=\"running\",initiator=\"host3\",target_port=\"p2\"} 1", samples);
        Assert.Contains("nodeagent_storage_path_failures_total{map=\"mpatha\",path=\"sdb\"} 1", samples);
        Assert.Contains("nodeagent_storage_source{state=\"multipathd\"} 1", samples);
        Assert.Contains("nodeagent_storage_source{state=\"failed\"} 0", samples);
        Assert.Contains("nodeagent_verdict_info{kind=\"storage\",object=\"mpatha\",state=\"no_redundancy\"} 1", samples);
        Assert.Contains("nodeagent_verdict_severity{kind=\"storage\",object=\"mpatha\"} 3", samples);
    }

    [Fact]
    public void Times_run_on_from_scrape_to_scrape_though_nothing_is_read()
    {
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole)), null);
        _store.Publish(MapMaker.Reading(MapMaker.Of(None) with { QueuesIfNoPath = true }), ["mpatha"]);
        _clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Contains("nodeagent_storage_map_queueing_seconds{map=\"mpatha\"} 90", Samples());
        Assert.Contains("nodeagent_storage_map_redundancy_lost_seconds_total{map=\"mpatha\"} 90", Samples());
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole)), ["mpatha"]);
        _clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Contains("nodeagent_storage_map_queueing_seconds{map=\"mpatha\"} 0", Samples());
        Assert.Contains("nodeagent_storage_map_redundancy_lost_seconds_total{map=\"mpatha\"} 90", Samples());
        Assert.Contains("nodeagent_verdict_changes_total{kind=\"storage\",state=\"queueing\"} 1", Samples());
        Assert.Contains("nodeagent_verdict_changes_total{kind=\"storage\",state=\"healthy\"} 2", Samples());
    }

    [Fact]
    public void What_goes_is_shown_no_more()
    {
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole, "mpatha"), MapMaker.Of(Whole, "mpathb")), null);
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole, "mpathb")), ["mpatha"]);
        Assert.DoesNotContain(Samples(), static l => l.Contains("mpatha", StringComparison.Ordinal));
        Assert.Contains("nodeagent_verdict_changes_total{kind=\"storage\",state=\"gone\"} 1", Samples());
    }

    [Fact]
    public void Adapters_show_their_state_and_errors()
    {
        StorageInitiator host = new()
        {
            Name = "host3",
            Transport = StorageTransport.FibreChannel,
            State = "Linkdown",
            Speed = "16 Gbit",
            Counters = new Dictionary<string, ulong> { ["link_failure_count"] = 7 },
            Remotes = [new RemotePort("rport-3:0-1") { Address = "0x50a0", State = "Online" }, new RemotePort("rport-3:0-2")],
        };
        _store.Publish(MapMaker.Reading() with { Initiators = [host] }, null);
        var samples = Samples();
        Assert.Contains("nodeagent_storage_initiator_info{initiator=\"host3\",transport=\"fc\",state=\"Linkdown\",speed=\"16 Gbit\",fabric=\"\",local_name=\"\"} 1", samples);
        Assert.Contains("nodeagent_storage_initiator_up{initiator=\"host3\"} 0", samples);
        Assert.Contains("nodeagent_storage_initiator_errors_total{initiator=\"host3\",counter=\"link_failure_count\"} 7", samples);
        Assert.Contains("nodeagent_storage_remote_up{initiator=\"host3\",remote=\"rport-3:0-1\"} 1", samples);
        Assert.DoesNotContain(samples, static l => l.StartsWith("nodeagent_storage_remote_up{initiator=\"host3\",remote=\"rport-3:0-2\"}", StringComparison.Ordinal));
    }

    [Fact]
    public void The_time_from_an_event_to_its_verdict_is_measured()
    {
        var begun = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole)) with { EventTimestamp = begun }, null);
        Assert.Contains("nodeagent_storage_event_latency_seconds_count 1", Samples());
        Assert.Contains("nodeagent_storage_event_latency_seconds_sum 0.02", Samples());
    }

    [Fact]
    public void A_scrape_makes_nothing_where_nothing_changed()
    {
        _store.Publish(MapMaker.Reading([.. Enumerable.Range(0, 200).Select(static i => MapMaker.Of(Whole, $"mpath{i:000}"))]), null);
        var sink = new CountingSink();
        Assert.Equal(0, Allocated.By(() => Scrape(sink)));
        Assert.True(sink.Samples > 2 * 200 * 10);
    }

    [Fact]
    public void A_map_that_did_not_change_keeps_its_labels()
    {
        var (a, b) = (MapMaker.Of(Whole, "mpatha"), MapMaker.Of(Whole, "mpathb"));
        _store.Publish(MapMaker.Reading(a, b), null);
        var former = (StorageTable)_registry.Sources[1].Take();
        _store.Publish(MapMaker.Reading(a, MapMaker.Of(One, "mpathb")), ["mpathb"]);
        var table = (StorageTable)_registry.Sources[1].Take();
        Assert.Same(former.Maps[0], table.Maps[0]);
        Assert.NotSame(former.Maps[1], table.Maps[1]);
    }

    public void Dispose()
    {
        _store.Dispose();
        _memory.Dispose();
    }

    private void Scrape(CountingSink sink)
    {
        for (var s = 1; s < _registry.Sources.Count; s++)
        {
            var source = _registry.Sources[s];
            using var snapshot = source.Take();
            for (var family = 0; family < source.Families.Count; family++)
            {
                for (var i = 0; i < snapshot.Count(family); i++) snapshot.Write(family, i, sink);
            }
        }
    }

    private string[] Samples()
    {
        _ = ExpositionParser.Parse(Exposed.OpenMetrics(_registry), openMetrics: true);
        return Exposed.Text(_registry).Split('\n');
    }
}
