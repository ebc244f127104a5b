using System.Text;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Native.Linux;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Storage;

/// <summary>Device-mapper as it is in the running kernel, with a device of its own for each test (target "zero" needs no disk).</summary>
public sealed class DmControlTests : IDisposable
{
    private const string Node = "/dev/mapper/control";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _name = $"nodeagent-test-{Guid.NewGuid():N}";
    private bool _made;

    public void Dispose()
    {
        if (_made) Command.Run("dmsetup", "remove", "--noudevsync", _name);
    }

    [SkippableFact]
    public void A_device_is_listed_and_says_its_status_and_table()
    {
        using var kernel = Open();
        Assert.Equal(4, kernel.Version().Major);
        Make("NODEAGENT-test");
        var device = Listed(kernel);
        Assert.Equal("NODEAGENT-test", device.Uuid ?? "NODEAGENT-test");
        var status = kernel.Status(device.Number);
        Assert.Equal((_name, "NODEAGENT-test", "zero", 2048UL, 1U), (Text(status.Name), Text(status.Uuid), Text(status.Type), status.Sectors, status.Targets));
        Assert.False(status.IsSuspended);
        Assert.Equal("", Text(kernel.Table(device.Number).Text));
        Command.Run("dmsetup", "suspend", "--noudevsync", _name);
        Assert.True(kernel.Status(device.Number).IsSuspended);
        Command.Run("dmsetup", "resume", "--noudevsync", _name);
    }

    [SkippableFact]
    public void A_device_that_is_not_there_is_told_by_its_error()
    {
        using var kernel = Open();
        var error = Assert.Throws<DmException>(() => _ = kernel.Status(new DmNumber(4095, 1048575)).Targets);
        Assert.Equal(Errno.ENXIO, error.Errno);
    }

    /// <summary>Two events at once are one wake-up: removing the device is one.</summary>
    [SkippableFact]
    public void An_event_of_any_device_ends_the_wait()
    {
        using var kernel = Open();
        Make("NODEAGENT-event");
        kernel.Arm();
        Assert.Equal(WaitStatus.TimedOut, kernel.Wait(TimeSpan.Zero));
        Command.Run("dmsetup", "remove", "--noudevsync", _name);
        _made = false;
        Assert.Equal(WaitStatus.Ready, kernel.Wait(s_patience));
        kernel.Arm();
        Assert.Equal(WaitStatus.TimedOut, kernel.Wait(TimeSpan.Zero));
        kernel.Wake();
        Assert.Equal(WaitStatus.Woken, kernel.Wait(s_patience));
        kernel.Stop();
        Assert.Equal(WaitStatus.Stopped, kernel.Wait(s_patience));
    }

    [SkippableFact]
    public void A_list_longer_than_the_first_buffer_is_read_whole()
    {
        using var kernel = Open();
        const int count = 120;
        var names = Enumerable.Range(0, count).Select(i => $"{_name}-{i:d3}-{new string('x', 60)}").ToList();
        try
        {
            foreach (var name in names) Command.Run("dmsetup", "create", "--noudevsync", name, "--table", "0 8 zero");
            var devices = new List<DmDevice>();
            kernel.List(devices);
            Assert.Equal(count, devices.Count(d => d.Name.StartsWith(_name, StringComparison.Ordinal)));
        }
        finally
        {
            foreach (var name in names) Command.Run("dmsetup", "remove", "--noudevsync", name);
        }
    }

    private static DmControl Open()
    {
        try
        {
            return DmControl.Open(Node);
        }
        catch (DmException e)
        {
            throw new SkipException($"device-mapper cannot be asked here: {e.Message}");
        }
    }

    private DmDevice Listed(DmControl kernel)
    {
        var devices = new List<DmDevice>();
        kernel.List(devices);
        return devices.Find(d => d.Name == _name);
    }

    private void Make(string uuid)
    {
        Command.Run("dmsetup", "create", "--noudevsync", _name, "--uuid", uuid, "--table", "0 2048 zero");
        _made = true;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
