using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Config;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Config;

/// <summary>Each way in which a configuration file changes, on the real file system. A change that is not told lets the test wait for its limit.</summary>
public sealed class ConfigurationWatcherTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-watch-").FullName;
    private readonly SemaphoreSlim _told = new(0);

    private string File => Path.Combine(_folder, "nodeagent.yaml");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _told.Dispose();
    }

    [Fact]
    public async Task Written_in_place()
    {
        System.IO.File.WriteAllText(File, "a");
        using var watcher = Watch();
        System.IO.File.WriteAllText(File, "b");
        Assert.True(await _told.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Replaced_by_another_file()
    {
        System.IO.File.WriteAllText(File, "a");
        using var watcher = Watch();
        System.IO.File.WriteAllText(File + ".new", "b");
        System.IO.File.Move(File + ".new", File, overwrite: true);
        Assert.True(await _told.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Swapped_as_a_config_map_is()
    {
        Version("1", "a");
        System.IO.File.CreateSymbolicLink(Path.Combine(_folder, "..data"), "..1");
        System.IO.File.CreateSymbolicLink(File, "..data/nodeagent.yaml");
        using var watcher = Watch();

        Version("2", "b");
        System.IO.File.CreateSymbolicLink(Path.Combine(_folder, "..data_tmp"), "..2");
        Command.Run("mv", "-T", Path.Combine(_folder, "..data_tmp"), Path.Combine(_folder, "..data"));

        Assert.True(await _told.WaitAsync(s_limit));
        Assert.Equal("b", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public async Task Written_where_a_link_leads()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
        System.IO.File.WriteAllText(Path.Combine(elsewhere, "real.yaml"), "a");
        System.IO.File.CreateSymbolicLink(File, Path.Combine(elsewhere, "real.yaml"));
        using var watcher = Watch();
        System.IO.File.WriteAllText(Path.Combine(elsewhere, "real.yaml"), "b");
        Assert.True(await _told.WaitAsync(s_limit));
    }

    [Fact]
    public async Task The_same_contents_and_other_files_are_no_change()
    {
        System.IO.File.WriteAllText(File, "a");
        using var watcher = Watch();
        // At once: a file that is written in place is empty for a moment.
        System.IO.File.WriteAllText(File + ".new", "a");
        System.IO.File.Move(File + ".new", File, overwrite: true);
        System.IO.File.WriteAllText(Path.Combine(_folder, "other"), "x");

        // What comes after them is told, and nothing before it was.
        var more = new SemaphoreSlim(0);
        using var second = new ConfigurationWatcher(Path.Combine(_folder, "other"), () => more.Release(), TimeProvider.System, NullLogger.Instance);
        System.IO.File.WriteAllText(Path.Combine(_folder, "other"), "y");
        Assert.True(await more.WaitAsync(s_limit));
        Assert.Equal(0, _told.CurrentCount);
    }

    private ConfigurationWatcher Watch() => new(File, () => _told.Release(), TimeProvider.System, NullLogger.Instance);

    private void Version(string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, ".." + name)).FullName;
        System.IO.File.WriteAllText(Path.Combine(folder, "nodeagent.yaml"), text);
    }
}
