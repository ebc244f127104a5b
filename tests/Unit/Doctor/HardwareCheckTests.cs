using NodeAgent.Config;
using NodeAgent.Doctor;
using NodeAgent.Doctor.Facts;
using NodeAgent.Doctor.Judging;
using Xunit;

namespace NodeAgent.Tests.Unit.Doctor;

public sealed class HardwareCheckTests
{
    private const long G = 1_000_000_000;

    [Theory]
    [InlineData(8, 8, "ok: 8 cores")]
    [InlineData(64, 32, "ok: 32 cores with 64 threads")]
    [InlineData(8, 4, "fail: 4 cores with 8 threads")]
    [InlineData(1, 1, "fail: 1 core")]
    [InlineData(4, null, "fail: 4 processors; how many cores those are the kernel does not say")]
    [InlineData(16, null, "unknown: 16 processors; how many cores those are the kernel does not say")]
    [InlineData(null, null, "unknown: /sys/devices/system/cpu/online: there is no such file")]
    public void Cores(int? threads, int? cores, string text) =>
        Assert.Equal(text, Judged.Text(CpuChecks.All, "cpu.cores", new CpuFacts(Of(threads), Of(cores))));

    [Theory]
    [InlineData(16, "fail: 16 GB")]
    [InlineData(24, "warn: 24 GB")]
    [InlineData(255, "warn: 255 GB")]
    [InlineData(256, "ok: 256 GB")]
    [InlineData(2199, "ok: 2.2 TB")]
    public void Memory(long gigabytes, string text) =>
        Assert.Equal(text, Judged.Text(MemoryChecks.All, "memory.total", new MemoryFacts(Known<long>.Of(gigabytes * G), default, [])));

    [Fact]
    public void Memory_that_could_not_be_read_is_unknown_with_the_reason() =>
        Assert.Equal("unknown: /proc/meminfo: EIO", Judged.Text(MemoryChecks.All, "memory.total", new MemoryFacts(Known<long>.Failed("/proc/meminfo: EIO"), default, [])));

    [Fact]
    public void Swap_is_a_warning_that_names_it()
    {
        Assert.Equal("ok: none", Judged.Text(MemoryChecks.All, "memory.swap", new MemoryFacts(default, Known<long>.Of(0), [])));
        Assert.Equal("warn: 8 GB on /dev/sda3, /swapfile", Judged.Text(MemoryChecks.All, "memory.swap", new MemoryFacts(default, Known<long>.Of(8 * G), ["/dev/sda3", "/swapfile"])));
    }

    [Theory]
    [InlineData("", "fail: none")]
    [InlineData("a:10", "fail: 1: a")]
    [InlineData("a:10 b:10", "warn: 2: a, b")]
    [InlineData("a:10 b:10 c:10 d:1", "ok: 4: a, b, c, d")]
    public void Number_of_nics(string nics, string text) => Assert.Equal(text, Judged.Text(NicChecks.All, "nics.count", Nics(nics)));

    [Theory]
    [InlineData("", "absent: there is no NIC")]
    [InlineData("a:10 b:25", "ok: a 10 Gbps, b 25 Gbps")]
    [InlineData("a:10 b:10 c:1 d:down", "ok: a 10 Gbps, b 10 Gbps, c 1 Gbps, d has no carrier")]
    [InlineData("a:10 b:1", "fail: a 10 Gbps, b 1 Gbps")]
    [InlineData("a:10 b:down", "unknown: a 10 Gbps, b has no carrier")]
    [InlineData("a:silent b:off", "unknown: a does not say, b is down")]
    [InlineData("a:silent", "unknown: a does not say")]
    [InlineData("a:10", "ok: a 10 Gbps")]
    [InlineData("a:1", "fail: a 1 Gbps")]
    public void Speed_of_nics(string nics, string text) => Assert.Equal(text, Judged.Text(NicChecks.All, "nics.speed", Nics(nics)));

    [Fact]
    public void Nics_that_do_not_count_are_named_and_a_list_that_cannot_be_read_is_unknown()
    {
        Assert.Equal("fail: none; not counted: usb0 (USB)", Judged.Text(NicChecks.All, "nics.count", new NicFacts([], ["usb0 (USB)"], null)));
        Assert.Equal("unknown: /sys/class/net: EIO", Judged.Text(NicChecks.All, "nics.count", new NicFacts([], [], "/sys/class/net: EIO")));
        Assert.Equal("unknown: /sys/class/net: EIO", Judged.Text(NicChecks.All, "nics.speed", new NicFacts([], [], "/sys/class/net: EIO")));
    }

    [Fact]
    public void The_configuration_says_what_is_wanted()
    {
        var settings = new DoctorSettings { CpuCores = 2, MemoryMinimum = 1 * G, MemoryRecommended = 2 * G, NicCount = 1, NicRecommended = 1, NicSpeed = 1 * G };
        Assert.Equal("ok: 2 cores", Judged.Text(CpuChecks.All, "cpu.cores", new CpuFacts(Of(2), Of(2)), settings));
        Assert.Equal("ok: 4 GB", Judged.Text(MemoryChecks.All, "memory.total", new MemoryFacts(Known<long>.Of(4 * G), default, []), settings));
        Assert.Equal("ok: 1: a", Judged.Text(NicChecks.All, "nics.count", Nics("a:1"), settings));
        Assert.Equal("ok: a 1 Gbps", Judged.Text(NicChecks.All, "nics.speed", Nics("a:1"), settings));
    }

    [Theory]
    [InlineData(5_000_000_000, "ok: 5 GB free in /var")]
    [InlineData(999_000_000, "warn: 999 MB free in /var")]
    [InlineData(4_000_000, "fail: 4 MB free in /var")]
    public void Space_for_the_state(long free, string text) =>
        Assert.Equal(text, Judged.Text(StateChecks.All, "state.space", new StateFacts("/var", Known<long>.Of(free))));

    private static Known<int> Of(int? value) => value is { } number ? Known<int>.Of(number) : default;

    // "a:10 b:down": name and Gbps, or what there is instead.
    private static NicFacts Nics(string text) => new(
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static t => t.Split(':')).Select(static t => t[1] switch
            {
                "down" => new Nic(t[0], default, false),
                "off" => new Nic(t[0], default, null),
                "silent" => new Nic(t[0], default, true),
                var speed => new Nic(t[0], Known<long>.Of(int.Parse(speed, System.Globalization.CultureInfo.InvariantCulture) * G), true),
            }),
        ],
        [],
        null);
}
