using System.Buffers;
using System.Buffers.Text;
using System.Text;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Qmp.Queries;

/// <summary>A command of a monitor, used again and again: its text, and what it answered the last time.</summary>
internal abstract class QmpQuery
{
    /// <summary>Digits of an id, and the end of the line.</summary>
    private const int MostEnd = 24;

    private readonly byte[] _text;
    private readonly FirstProblem _problems = new();

    /// <param name="command">"query-migrate"</param>
    /// <param name="arguments">A JSON object, or nothing.</param>
    protected QmpQuery(string command, string arguments = "")
    {
        Command = command;
        _text = Encoding.UTF8.GetBytes($"{{\"execute\":\"{command}\",{(arguments.Length > 0 ? $"\"arguments\":{arguments}," : "")}\"id\":");
    }

    public string Command { get; }

    public int MostBytes => _text.Length + MostEnd;

    /// <summary>The request with its id, ready to be sent.</summary>
    public int Write(Span<byte> into, long id)
    {
        _text.CopyTo(into);
        Utf8Formatter.TryFormat(id, into[_text.Length..], out var digits);
        var end = _text.Length + digits;
        "}\n"u8.CopyTo(into[end..]);
        return end + 2;
    }

    /// <summary>Takes the answer. Not null: what makes no sense in it.</summary>
    /// <param name="answer">What was returned.</param>
    /// <param name="at">When it came.</param>
    public string? Take(in ReadOnlySequence<byte> answer, TimeSpan at)
    {
        _problems.Clear();
        Read(answer, at, _problems);
        return _problems.Text;
    }

    protected abstract void Read(in ReadOnlySequence<byte> answer, TimeSpan at, IFieldProblems problems);
}
