using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Tasks.Sources;
using NodeAgent.Migration.Qmp.Queries;
using NodeAgent.Migration.Qmp.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Qmp;

/// <summary>
/// A conversation with one monitor. One command at a time, each with an id and a time limit; what QEMU has not answered yet is not asked again.
/// Its own loop reads answers and events as they come. A command in steady state allocates nothing.
/// </summary>
internal sealed class QmpConnection : IValueTaskSource<QmpError?>, IAsyncDisposable
{
    /// <summary>QEMU's longest replies, such as its own schema, are a fifth of it; nothing we ask for comes near.</summary>
    public const int MostMessage = 1 << 20;

    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    private const int BufferSize = 4096;

    /// <summary>Answers that QEMU may owe, as those who asked went away.</summary>
    private const int MostOwed = 4;

    private readonly int _pid;
    private readonly TimeProvider _time;
    private readonly IQmpListener _listener;
    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private readonly ITimer _limit;
    private readonly TaskCompletionSource<QmpVersion> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Whoever asked goes on elsewhere than in the loop that reads: it may wait for an event there.
    private ManualResetValueTaskSourceCore<QmpError?> _answer = new() { RunContinuationsAsynchronously = true };
    private readonly Lock _state = new();
    private QmpQuery? _pending;
    private long _id;
    private long _answered;
    private long _owedSince;
    private string? _end;
    private byte[] _request = new byte[256];

    /// <param name="socket">Connected; it is closed with this.</param>
    /// <param name="pid">Of QEMU, for messages.</param>
    /// <param name="listener">Is told of events.</param>
    /// <param name="time">Of time limits.</param>
    public QmpConnection(Socket socket, int pid, IQmpListener listener, TimeProvider time)
    {
        (_pid, _listener, _time) = (pid, listener, time);
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: BufferSize, minimumReadSize: BufferSize / 2));
        _limit = time.CreateTimer(static me => ((QmpConnection)me!).TimeOut(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Ended = ReadAsync();
    }

    /// <summary>Why the conversation ended, a sentence.</summary>
    public Task<string> Ended { get; }

    /// <summary>QEMU's version: it speaks first. Never for a monitor that serves another client.</summary>
    public Task<QmpVersion> Greeting => _greeting.Task;

    /// <summary>Asks, and has the query take the answer. One at a time.</summary>
    /// <exception cref="GuestSourceException">There was no answer in time, or none that makes sense, or QEMU refused.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask AskAsync(QmpQuery query, CancellationToken cancellation)
    {
        if (await TryAskAsync(query, cancellation).ConfigureAwait(false) is { } error) throw Refused(query, error);
    }

    /// <summary>The same; not null: QEMU refused.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<QmpError?> TryAskAsync(QmpQuery query, CancellationToken cancellation)
    {
        var length = Begin(query);
        var answer = new ValueTask<QmpError?>(this, _answer.Version);
        using var registration = cancellation.UnsafeRegister(static (me, token) => ((QmpConnection)me!).Fail(new OperationCanceledException(token)), this);
        _limit.Change(AnswerLimit, Timeout.InfiniteTimeSpan);
        try
        {
            await _stream.WriteAsync(_request.AsMemory(0, length), CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            Fail(new GuestSourceException(GuestSourceFault.Absent, $"QEMU (pid {_pid}) closed its monitor: {e.Message}", e));
        }

        var error = await answer.ConfigureAwait(false);
        _limit.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return error;
    }

    public GuestSourceException Refused(QmpQuery query, QmpError error) => error.IsUnknownCommand
        ? new GuestSourceException(GuestSourceFault.Unsupported, $"QEMU (pid {_pid}) does not know {query.Command}: a later version does")
        : new GuestSourceException(GuestSourceFault.Failed, $"QEMU (pid {_pid}) refused {query.Command}: {error.Description}");

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
        await _limit.DisposeAsync().ConfigureAwait(false);
    }

    private int Begin(QmpQuery query)
    {
        lock (_state)
        {
            if (_end is not null) throw new GuestSourceException(GuestSourceFault.Absent, _end);
            if (_pending is not null) throw new InvalidOperationException("one command at a time");
            var owed = _id - _answered;
            if (owed == 0) _owedSince = _time.GetTimestamp();
            else if (owed >= MostOwed || _time.GetElapsedTime(_owedSince) >= AnswerLimit)
                throw new GuestSourceException(GuestSourceFault.Failed, $"QEMU (pid {_pid}) has not answered for {_time.GetElapsedTime(_owedSince).TotalSeconds:0} s: its main loop hangs");
            if (_request.Length < query.MostBytes) _request = new byte[query.MostBytes];
            _answer.Reset();
            _pending = query;
            return query.Write(_request, ++_id);
        }
    }

    private void TimeOut()
    {
        string command;
        lock (_state)
        {
            // It may have been on its way while the next command began; and a timer may ring a little early by another clock.
            if (_pending is null || _time.GetElapsedTime(_owedSince) < AnswerLimit / 2) return;
            command = _pending.Command;
        }

        Fail(new GuestSourceException(GuestSourceFault.Failed, $"QEMU (pid {_pid}) did not answer {command} in {AnswerLimit.TotalSeconds:0} s: its main loop hangs"));
    }

    /// <summary>The answer is not waited for any longer; when it comes it is passed over.</summary>
    private void Fail(Exception reason)
    {
        lock (_state)
        {
            if (_pending is null) return;
            _pending = null;
        }

        _answer.SetException(reason);
    }

    /// <summary>The query that an answer is for; null: nobody waits for it any longer. QEMU answers in the order of the commands.</summary>
    private QmpQuery? Answered(long id)
    {
        lock (_state)
        {
            if (id <= _answered || id > _id) return null;
            _answered = id;
            if (id < _id) return null;
            var query = _pending;
            _pending = null;
            return query;
        }
    }

    private async Task<string> ReadAsync()
    {
        var end = await ReadToEndAsync().ConfigureAwait(false);
        lock (_state) _end = end;
        Fail(new GuestSourceException(GuestSourceFault.Absent, end));
        _greeting.TrySetException(new GuestSourceException(GuestSourceFault.Absent, end));
        _ = _greeting.Task.Exception;
        await _reader.CompleteAsync().ConfigureAwait(false);
        return end;
    }

    private async Task<string> ReadToEndAsync()
    {
        try
        {
            while (true)
            {
                var read = await _reader.ReadAsync().ConfigureAwait(false);
                var buffer = read.Buffer;
                while (QmpMessage.TryRead(ref buffer, out var message)) Take(in message);
                if (read.IsCompleted) return buffer.IsEmpty ? $"QEMU (pid {_pid}) closed its monitor" : $"QEMU (pid {_pid}) closed its monitor in the middle of a message";
                if (buffer.Length > MostMessage) return $"QEMU (pid {_pid}) sent a message of more than {MostMessage >> 20} MiB on its monitor: expected less, the connection is closed";
                _reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (JsonException e)
        {
            return $"QEMU (pid {_pid}) sent what is not JSON on its monitor ({e.Message}): the connection is closed; check that it is a monitor for QMP (-qmp)";
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return $"the connection with the monitor of QEMU (pid {_pid}) ended: {e.Message}";
        }
    }

    private void Take(in QmpMessage message)
    {
        var at = SourceClock.Now;
        switch (message.Kind)
        {
            case QmpMessageKind.Greeting:
                Greet(in message);
                break;
            case QmpMessageKind.Event:
                _listener.Heard(in message, at);
                break;
            case QmpMessageKind.Return or QmpMessageKind.Error when Answered(message.Id) is { } query:
                Answer(query, in message, at);
                break;
        }
    }

    private void Greet(in QmpMessage message)
    {
        var problems = new FirstProblem();
        var version = QmpVersion.Read(message.Body, problems);
        if (problems.Text is null) _greeting.TrySetResult(version);
        else _greeting.TrySetException(new GuestSourceException(GuestSourceFault.Failed, $"the greeting of QEMU (pid {_pid}): {problems.Text}"));
    }

    private void Answer(QmpQuery query, in QmpMessage message, TimeSpan at)
    {
        if (message.Kind == QmpMessageKind.Error) _answer.SetResult(QmpError.Read(message.Body, new FirstProblem()));
        else if (query.Take(message.Body, at) is { } problem) _answer.SetException(new GuestSourceException(GuestSourceFault.Failed, $"the answer of QEMU (pid {_pid}) to {query.Command}: {problem}"));
        else _answer.SetResult(null);
    }

    QmpError? IValueTaskSource<QmpError?>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<QmpError?>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<QmpError?>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);
}
