using System.Buffers.Text;
using System.Text;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.DeviceMapper;

/// <summary>Takes the words of a target's text one after the other. Once one is missing or wrong, <see cref="Problem"/> says which, and all that follow are empty.</summary>
internal ref struct Words(ReadOnlySpan<byte> text)
{
    /// <summary>No map has as many paths, groups or arguments: a number beyond is garbage, and is not counted up to.</summary>
    private const uint MostItems = 4096;

    private ReadOnlySpan<byte> _rest = text;
    private int _taken;

    /// <summary>What is wrong first; null as long as nothing is.</summary>
    public string? Problem { get; private set; }

    /// <param name="what">For the problem.</param>
    public ReadOnlySpan<byte> Next(string what)
    {
        if (Problem is not null) return default;
        _rest = _rest.TrimStart((byte)' ');
        _taken++;
        if (_rest.IsEmpty)
        {
            Problem = $"it ends where {what} is expected (word {_taken})";
            return default;
        }

        var end = _rest.IndexOf((byte)' ');
        var word = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[end..];
        return word;
    }

    public uint Number(string what)
    {
        var word = Next(what);
        if (Problem is not null) return 0;
        if (Utf8Parser.TryParse(word, out uint number, out var length) && length == word.Length) return number;
        Wrong(what, word);
        return 0;
    }

    /// <summary>How many follow.</summary>
    public int Count(string what)
    {
        var count = Number(what);
        if (count <= MostItems) return (int)count;
        Problem = $"{what} is {count} (word {_taken})";
        return 0;
    }

    /// <summary>"8:16"</summary>
    public DeviceNumber Device(string what)
    {
        var word = Next(what);
        if (Problem is not null) return default;
        if (Utf8Parser.TryParse(word, out uint major, out var length) && length < word.Length && word[length] == ':'
            && Utf8Parser.TryParse(word[(length + 1)..], out uint minor, out var rest) && length + 1 + rest == word.Length)
            return new DeviceNumber(major, minor);
        Wrong(what, word);
        return default;
    }

    public void Skip(int count, string what)
    {
        for (var i = 0; i < count && Problem is null; i++) Next(what);
    }

    public void Wrong(string what, ReadOnlySpan<byte> word) => Problem ??= $"{what} is \"{Files.HostText.Shorten(Encoding.UTF8.GetString(word))}\" (word {_taken})";
}
