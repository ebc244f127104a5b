using System.Buffers;
using NodeAgent.Config;

namespace NodeAgent.Logging;

/// <summary>Makes lines of entries and writes each with one call, so that lines of several threads never mix. A reader that has gone is no error.</summary>
internal sealed class LogWriter : IDisposable
{
    private const int KeepBytes = 16 << 10;

    private readonly Lock _lock = new();
    private readonly Stream _output;
    private readonly bool _isJournal;
    private readonly TimeProvider _clock;
    private readonly StormFilter _storm;
    private readonly JsonLine _json = new();
    private ArrayBufferWriter<byte> _line = new(1024);
    private volatile int _format;

    public LogWriter(Stream output, bool isJournal, TimeProvider clock)
    {
        (_output, _isJournal, _clock) = (output, isJournal, clock);
        _storm = new StormFilter(clock, Put, Release);
    }

    public LogFormat Format
    {
        get => (LogFormat)_format;
        set => _format = (int)value;
    }

    public void Write(in LogEntry entry)
    {
        lock (_lock)
        {
            if (_storm.Admits(entry)) Put(entry);
        }
    }

    public void Dispose()
    {
        lock (_lock) _storm.Dispose();
    }

    private void Release()
    {
        lock (_lock) _storm.Expire();
    }

    private void Put(in LogEntry entry)
    {
        _line.ResetWrittenCount();
        var format = Format;
        var time = _clock.GetUtcNow();
        if (_isJournal && format != LogFormat.Human) HumanLine.Prefix(_line, entry.Level);
        if (format == LogFormat.Json) _json.Write(_line, entry, time);
        else HumanLine.Write(_line, entry, _isJournal && format == LogFormat.Auto ? null : time);
        Flush();
    }

    private void Flush()
    {
        try
        {
            _output.Write(_line.WrittenSpan);
            _output.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody reads: there is nobody left to tell.
        }

        if (_line.Capacity > KeepBytes) _line = new ArrayBufferWriter<byte>(1024);
    }
}
