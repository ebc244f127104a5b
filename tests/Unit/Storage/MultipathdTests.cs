using System.Runtime.InteropServices;
using System.Text;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Multipathd;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage;

public sealed class MultipathdTests : IDisposable
{
    private readonly HostTree _tree = HostTree.Empty();

    private string SocketPath => _tree.Paths.MultipathdSocket;

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Maps_are_read_from_what_multipathd_answers()
    {
        using var fixture = StorageFixture.Open("one-path-failed");
        var map = Assert.Single(MultipathdText.Maps(Encoding.UTF8.GetBytes(fixture.Text("multipathd/show-maps-json"))));
        Assert.Equal(("mpatha", "1Linux_scsi_debug_2000", "dm-0", "Linux scsi_debug", true), (map.Name, map.Wwid, map.Device, map.Product, map.QueuesIfNoPath));
        var failed = map.Groups.SelectMany(g => g.Paths).Single(p => p.Device == "sda");
        Assert.Equal((new DeviceNumber(8, 0), false, "faulty", "offline"), (failed.Number, failed.DmActive, failed.CheckerState, failed.DeviceState));
        Assert.Null(failed.TargetWwpn);
    }

    [Fact]
    public void A_map_alone_and_fields_of_later_versions_are_read()
    {
        const string json = """{"major_version":0,"minor_version":2,"map":{"name":"x","new":[{}],"path_groups":[{"paths":[{"dev":"sdq","pri":"ten","chk_st":"[undef]","dev_t":"#:#"},{"pri":1},7]},null]}}""";
        var map = Assert.Single(MultipathdText.Maps(Encoding.UTF8.GetBytes(json)));
        var path = Assert.Single(map.Groups.SelectMany(g => g.Paths));
        Assert.Equal(("sdq", null, null, null), (path.Device, path.Priority, path.CheckerState, path.Number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("timeout\n")]
    [InlineData("{\"maps\": [{\"name\": \"mpa")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("permission deny: need to be root\n")]
    public void What_is_no_answer_says_what_it_is(string reply)
    {
        var error = Assert.Throws<MultipathdException>(() => MultipathdText.Maps(Encoding.UTF8.GetBytes(reply)));
        Assert.Contains("cannot be read", error.Message);
        Assert.False(error.IsAbsent);
    }

    [Fact]
    public void Paths_in_no_map_are_told_by_their_volume()
    {
        var orphans = MultipathdText.Orphans("sdb|8:16|undef|faulty|running|50|[orphan]|36 odd|wwid\nsda|8:0|active|ready|running|50|mpatha|3600\ngarbage\nsdc|8:32|undef|i/o pending|offline|x|[orphan]|36 odd|wwid\n"u8);
        Assert.Equal(["sdb", "sdc"], orphans["36 odd|wwid"].Select(p => p.Device));
        Assert.Equal("i/o pending", orphans["36 odd|wwid"][1].CheckerState);
        Assert.Null(orphans["36 odd|wwid"][1].Priority);
        Assert.Single(orphans);
    }

    [Fact]
    public void The_whole_is_read_over_the_socket()
    {
        using var fixture = StorageFixture.Open("healthy-2-paths");
        var asked = new List<string>();
        using var multipathd = new FakeMultipathd(SocketPath, command =>
        {
            asked.Add(command);
            return FakeMultipathd.Framed(command.Contains("json", StringComparison.Ordinal) ? fixture.Text("multipathd/show-maps-json") : "");
        });
        var reader = Reader(TimeSpan.FromSeconds(30));
        var reading = reader.ReadAll();
        Assert.Null(reading.Problem);
        Assert.Equal(["mpatha"], reading.Maps.Keys);
        Assert.Equal(["show maps json", "show paths raw format \"%d|%D|%t|%T|%o|%p|%m|%w\""], asked);
    }

    [Fact]
    public void One_map_of_many_is_asked_for_alone()
    {
        var asked = new List<string>();
        using var multipathd = new FakeMultipathd(SocketPath, command =>
        {
            asked.Add(command);
            var all = string.Join(',', Enumerable.Range(0, 8).Select(i => $$"""{"name":"m{{i}}","uuid":"1"}"""));
            return FakeMultipathd.Framed(command switch
            {
                "show maps json" => $$"""{"maps":[{{all}}]}""",
                "show map m3 json" => """{"map":{"name":"m3","uuid":"2"}}""",
                "show map m4 json" => "fail\n",
                _ => "",
            });
        });
        var reader = Reader(TimeSpan.FromSeconds(30));
        var first = reader.ReadAll();
        asked.Clear();
        var second = reader.Read(["m3", "m4"]);
        Assert.Equal(["show map m3 json", "show map m4 json"], asked);
        Assert.Equal("2", second.Maps["m3"].Wwid);
        Assert.False(second.Maps.ContainsKey("m4"));
        Assert.Same(first.Maps["m5"], second.Maps["m5"]);
        Assert.Null(first.Asked);
        Assert.Equal(["m3", "m4"], second.Asked!.Order());
        // What is known of the others is shared.
        Assert.Equal("1", first.Maps["m3"].Wwid);
        Assert.Equal(8, first.Maps.Count);
    }

    [Fact]
    public void Asking_for_one_map_of_thousands_costs_as_one()
    {
        var all = string.Join(',', Enumerable.Range(0, 4000).Select(static i => $$"""{"name":"m{{i}}","uuid":"1"}"""));
        using var multipathd = new FakeMultipathd(SocketPath, command => FakeMultipathd.Framed(command switch
        {
            "show maps json" => $$"""{"maps":[{{all}}]}""",
            "show map m3 json" => """{"map":{"name":"m3","uuid":"2"}}""",
            _ => "",
        }));
        var reader = Reader(TimeSpan.FromSeconds(30));
        reader.ReadAll();
        reader.Read(["m3"]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(4000, reader.Read(["m3"]).Maps.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4000 * IntPtr.Size);
    }

    [Fact]
    public void One_that_does_not_run_is_absent()
    {
        var reading = Reader(TimeSpan.FromSeconds(30)).ReadAll();
        Assert.True(reading.IsAbsent);
        Assert.Contains("is not running", reading.Problem);
    }

    public static TheoryData<string, byte[]?, string> Faults => new()
    {
        { "says nothing", null, "does not answer within" },
        { "closes", [], "ended the conversation" },
        { "closes within a length", [1, 2, 3], "ended the conversation" },
        { "closes within a reply", [.. BitConverter.GetBytes(100UL), 1, 2, 3], "ended the conversation after 3 of 100 bytes" },
        { "claims nothing", BitConverter.GetBytes(0UL), "claims 0 bytes" },
        { "claims everything", BitConverter.GetBytes(ulong.MaxValue), "claims 18446744073709551615 bytes" },
        { "speaks another protocol", "HTTP/1.1 400 Bad Request"u8.ToArray(), "claims" },
        { "has no JSON", FakeMultipathd.Framed("fail"), "cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void One_that_answers_badly_is_told_with_the_reason(string how, byte[]? answer, string problem)
    {
        using var multipathd = new FakeMultipathd(SocketPath, _ => answer);
        var reading = Reader(how == "says nothing" ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromSeconds(30)).ReadAll();
        Assert.Contains(problem, reading.Problem);
        Assert.False(reading.IsAbsent);
        Assert.Empty(reading.Maps);
    }

    [Fact]
    public void One_that_takes_nobody_in_is_told_in_time()
    {
        using var listener = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        listener.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(SocketPath));
        listener.Listen(0);
        var reader = Reader(TimeSpan.FromMilliseconds(50));
        Assert.Contains("does not answer within", reader.ReadAll().Problem);
        var last = reader.ReadAll();
        for (var i = 0; i < 3; i++) last = reader.ReadAll();
        Assert.False(last.IsAbsent);
        Assert.NotNull(last.Problem);
    }

    [Fact]
    public void The_length_is_a_size_t_in_the_machines_order()
    {
        using var fixture = StorageFixture.Open("healthy-2-paths");
        Assert.Equal(14UL, MemoryMarshal.Read<ulong>(fixture.Bytes("multipathd/show-daemon.hex")));
    }

    private MultipathdReader Reader(TimeSpan limit) => new([SocketPath], limit, _tree.Paths.Proc);
}
