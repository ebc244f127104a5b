using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Migration.History;

/// <summary>
/// A file of JSON, a line each, that only grows at its end until it is written anew. A crash while it grows costs the line that was being
/// written, which is left out and written over; lines damaged otherwise are left out too, with a copy of the file kept beside it. A file
/// of a newer format is not touched but for its name. One thread at a time.
/// </summary>
/// <param name="folder">Where it is.</param>
/// <param name="name">Its name there.</param>
/// <param name="most">Bytes that are read: of a file that is longer the end.</param>
/// <param name="log">Is told what is wrong with it.</param>
internal sealed class LineFile(HistoryFolder folder, string name, int most, ILogger log)
{
    private const int Format = 1;

    private static readonly byte[] s_header = [.. "{\"format\":"u8, (byte)('0' + Format), .. "}\n"u8];

    private string? _damage;
    private bool _unread;
    private int _newer;
    // The last line is whole but for its newline.
    private bool _open;

    public string Path => folder.PathOf(name);

    /// <summary>Bytes that are known to be whole lines.</summary>
    public long Length { get; private set; }

    /// <summary>It is not as it should be, so that nothing can be added at its end.</summary>
    public bool NeedsRewrite { get; private set; } = true;

    /// <summary>Something of it was not read, and is kept beside it when it is written anew.</summary>
    public bool NeedsRescue => _damage is not null || _unread || _newer > 0;

    /// <summary>Hands out each line there is.</summary>
    /// <param name="take">False: the line is damaged.</param>
    public void Load(Func<ReadOnlyMemory<byte>, bool> take)
    {
        try
        {
            if (folder.ReadEnd(name, most, out var cut) is { } bytes) Read(bytes, cut, take);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _unread = true;
            log.HistoryNotRead(Path, e.Message);
        }
    }

    /// <summary>Adds lines at the end, each with its newline; false: the file has to be written anew.</summary>
    /// <exception cref="IOException">They are not on the disk, or not known to be.</exception>
    public bool Append(ReadOnlySpan<byte> lines)
    {
        if (NeedsRewrite) return false;
        ReadOnlySpan<byte> bytes = _open ? [(byte)'\n', .. lines] : lines;
        if (!folder.Append(name, Length, bytes)) return false;
        (_open, Length) = (false, Length + bytes.Length);
        return true;
    }

    /// <summary>Writes the file anew.</summary>
    /// <exception cref="IOException">It is as it was before.</exception>
    public void Rewrite(ReadOnlySpan<byte> lines)
    {
        Rescue();
        folder.Replace(name, [.. s_header, .. lines]);
        (_open, NeedsRewrite, Length) = (false, false, s_header.Length + lines.Length);
    }

    private void Read(byte[] bytes, bool cut, Func<ReadOnlyMemory<byte>, bool> take)
    {
        if (bytes.Length == 0) return;
        var (at, damaged) = (0, 0);
        if (cut) (at, _damage) = (bytes.AsSpan().IndexOf((byte)'\n') + 1, $"it is longer than {most} bytes");
        else if (FormatOf(bytes) is { } format)
        {
            if (format > Format)
            {
                log.HistoryNewer(Path, format, Format);
                _newer = format;
                return;
            }

            at = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        }

        NeedsRewrite = false;
        while (at < bytes.Length)
        {
            var length = bytes.AsSpan(at).IndexOf((byte)'\n');
            _open = length < 0;
            var line = bytes.AsMemory(at, _open ? bytes.Length - at : length);
            var good = take(line);
            if (_open && !good)
            {
                log.HistoryTorn(Path, line.Length);
                _open = false;
                break;
            }

            if (!good) damaged++;
            at += line.Length + (_open ? 0 : 1);
        }

        Length = at;
        if (damaged > 0) _damage ??= $"{damaged} of its lines cannot be read";
        NeedsRewrite |= _damage is not null || at == 0;
    }

    // What is about to be replaced is kept where it holds what was not read.
    private void Rescue()
    {
        if (_newer > 0) log.HistoryNewerAside(Path, folder.PathOf(folder.Rename(name, $"{name}.v{_newer}")));
        if (_unread) log.HistoryUnreadAside(Path, folder.PathOf(folder.Rename(name, name + ".unread")));
        (_newer, _unread) = (0, false);
        if (_damage is null) return;
        folder.Copy(name, name + ".bad");
        log.HistoryDamaged(Path, _damage, Path + ".bad");
        _damage = null;
    }

    // Null: the first line is no header.
    private static int? FormatOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0) return null;
        try
        {
            var reader = new Utf8JsonReader(bytes[..end]);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("format", out var format) && format.TryGetInt32(out var number) && number > 0 ? number : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
