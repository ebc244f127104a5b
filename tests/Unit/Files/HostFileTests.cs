using NodeAgent.Files;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Files;

/// <summary>Reading files of the kernel and of other programs, whatever lies in their place.</summary>
public sealed class HostFileTests : IDisposable
{
    private readonly HostTree _tree = HostTree.Empty();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("16 Gbit\n", "16 Gbit")]
    [InlineData("", "")]
    [InlineData(" \n", "")]
    [InlineData("one\ntwo\n", "one\ntwo")]
    public void A_file_is_its_text_without_white_space_around_it(string content, string text)
    {
        _tree.Write("file", content);
        var reading = HostFile.Read(_tree["file"]);
        Assert.True(reading.IsFound);
        Assert.Equal(text, reading.Text);
        Assert.Null(reading.Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(HostFile.MaxBytes - 1)]
    public void Every_length_below_the_limit_is_read_whole(int length)
    {
        _tree.Write("file", new string('x', length));
        Assert.Equal(length, HostFile.Read(_tree["file"]).Text!.Length);
    }

    [Fact]
    public void A_longer_one_fails_unless_more_is_allowed()
    {
        _tree.Write("file", new string('x', HostFile.MaxBytes));
        var reading = HostFile.Read(_tree["file"]);
        Assert.True(reading.IsFailed);
        Assert.Equal($"{_tree["file"]}: longer than {HostFile.MaxBytes} bytes", reading.Error);
        Assert.True(HostFile.Read(_tree["file"], 2 * HostFile.MaxBytes).IsFound);
    }

    [Fact]
    public void What_is_not_there_is_absent_and_not_failed()
    {
        _tree.Write("file", "");
        File.CreateSymbolicLink(_tree["dangling"], "nowhere");
        foreach (var name in new[] { "missing", "missing/deeper", "file/below", "dangling" })
        {
            var reading = HostFile.Read(_tree[name]);
            Assert.True(reading.IsAbsent, name);
            Assert.False(reading.IsFound || reading.IsFailed, name);
        }
    }

    [Fact]
    public void What_cannot_be_read_fails_with_the_path_and_the_errors_name()
    {
        Directory.CreateDirectory(_tree["folder"]);
        File.CreateSymbolicLink(_tree["loop"], "loop");
        Assert.Equal($"{_tree["folder"]}: EISDIR (Is a directory)", HostFile.Read(_tree["folder"]).Error);
        Assert.StartsWith($"{_tree["loop"]}: ELOOP (", HostFile.Read(_tree["loop"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_for_others_eyes_fails_with_EACCES()
    {
        _tree.Write("file", "x");
        Command.Run("chmod", "0755", _tree.Root);
        Command.Run("chmod", "0644", _tree["file"]);
        Assert.Equal("x", OtherUser.Run(() => HostFile.Read(_tree["file"])).Text);
        Command.Run("chmod", "0", _tree["file"]);
        Assert.Equal($"{_tree["file"]}: EACCES (Permission denied)", OtherUser.Run(() => HostFile.Read(_tree["file"])).Error);
    }

    [Fact]
    public void A_folder_for_others_eyes_lists_nothing_and_says_EACCES()
    {
        Directory.CreateDirectory(_tree["folder"]);
        Command.Run("chmod", "0755", _tree.Root);
        Command.Run("chmod", "0755", _tree["folder"]);
        Assert.Null(OtherUser.Run(Listed));
        Command.Run("chmod", "0", _tree["folder"]);
        Assert.Equal($"{_tree["folder"]}: EACCES (Permission denied)", OtherUser.Run(Listed));

        string? Listed()
        {
            HostFile.List(_tree["folder"], out var error);
            return error;
        }
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        Command.Run("mkfifo", _tree["pipe"]);
        Assert.Equal("", HostFile.Read(_tree["pipe"]).Text);
        using var silent = new FileStream(_tree["pipe"], FileMode.Open, FileAccess.ReadWrite);
        Assert.StartsWith($"{_tree["pipe"]}: EAGAIN (", HostFile.Read(_tree["pipe"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_without_end_fails() => Assert.Equal($"/dev/zero: longer than {HostFile.MaxBytes} bytes", HostFile.Read("/dev/zero").Error);

    [Fact]
    public void Bytes_that_are_no_text_are_read_as_far_as_they_go()
    {
        File.WriteAllBytes(_tree["file"], [0xFF, 0xFE, (byte)'a', 0, 0xC3]);
        Assert.Contains('a', HostFile.Read(_tree["file"]).Text!);
    }

    [Theory]
    [InlineData("17\n", 17)]
    [InlineData("-1", -1)]
    [InlineData("0x20", 32)]
    [InlineData("0X20", 32)]
    [InlineData("0xffffffffffffffff", -1)]
    public void A_number_is_read(string content, long number)
    {
        _tree.Write("file", content);
        Assert.True(HostFile.ReadNumber(_tree["file"], out var value).IsFound);
        Assert.Equal(number, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unknown")]
    [InlineData("17 Gbit")]
    [InlineData("99999999999999999999")]
    [InlineData("0x")]
    [InlineData("0x-1")]
    [InlineData("1,5")]
    public void What_is_no_number_fails_with_what_was_found(string content)
    {
        _tree.Write("file", content);
        var reading = HostFile.ReadNumber(_tree["file"], out var value);
        Assert.Equal($"{_tree["file"]}: expected a number, found \"{content}\"", reading.Error);
        Assert.Equal(0, value);
    }

    [Fact]
    public void A_number_that_is_absent_is_absent() => Assert.True(HostFile.ReadNumber(_tree["missing"], out _).IsAbsent);

    [Fact]
    public void A_folder_is_its_names_in_order_and_says_why_it_cannot_be_read()
    {
        _tree.Write("folder/b", "");
        _tree.Write("folder/a", "");
        File.CreateSymbolicLink(_tree["loop"], "loop");
        Assert.Equal(["a", "b"], HostFile.List(_tree["folder"], out var error));
        Assert.Null(error);
        Assert.Empty(HostFile.List(_tree["missing"], out error));
        Assert.Null(error);
        Assert.Empty(HostFile.List(_tree["folder/a"], out error));
        Assert.Null(error);
        Assert.Empty(HostFile.List(_tree["loop"], out error));
        Assert.StartsWith($"{_tree["loop"]}: ELOOP (", error, StringComparison.Ordinal);
    }
}
