using System.Text;

namespace NodeAgent.Cli;

/// <summary>A picture on a terminal that is drawn over and over, in one write each, on the alternate screen, where nothing wraps; the one before comes back at the end.</summary>
internal sealed class LiveScreen : IDisposable
{
    private readonly TextWriter _output;
    private (int Width, int Height) _size;
    private IReadOnlyList<string> _last = [];
    private bool _open = true;

    public LiveScreen(TextWriter output)
    {
        _output = output;
        _output.Write("\e[?1049h\e[?25l\e[?7l");
        _output.Flush();
    }

    public void Draw(IReadOnlyList<string> lines, int width, int height)
    {
        var picture = new StringBuilder("\e[?2026h");
        if (_size != (width, height)) picture.Append("\e[2J");
        picture.Append("\e[H");
        for (var i = 0; i < lines.Count; i++) picture.Append(lines[i]).Append("\e[K").Append(i == lines.Count - 1 ? "" : "\r\n");
        _output.Write(picture.Append("\e[J\e[?2026l"));
        _output.Flush();
        (_size, _last) = ((width, height), lines);
    }

    /// <summary>Gives the terminal back, and leaves the last picture on it.</summary>
    public void Dispose()
    {
        if (!_open) return;
        _open = false;
        _output.Write("\e[?7h\e[?25h\e[?1049l");
        foreach (var line in _last) _output.WriteLine(line);
        _output.Flush();
    }
}
