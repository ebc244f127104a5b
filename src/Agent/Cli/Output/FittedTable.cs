namespace NodeAgent.Cli;

/// <summary>A column, and how long it is kept where the terminal is too narrow for all: those with the highest number longest.</summary>
internal readonly record struct FittedColumn(string Head, int Keep, bool Right = false);

/// <summary>
/// A table that fits its width: columns that nobody fills are left out, then the least important ones, then the first column is cut.
/// Below a row there may be sentences, wrapped.
/// </summary>
internal sealed class FittedTable(params FittedColumn[] columns)
{
    /// <summary>A column that always stays.</summary>
    public const int Always = int.MaxValue;

    private const int Gap = 2;
    private const int LeastFirst = 8;
    private readonly List<(Cell[] Cells, Cell[] Below)> _rows = [];

    public int Count => _rows.Count;

    public void Add(Cell[] cells, params Cell[] below) => _rows.Add((cells, below));

    public List<string> Lines(Style style, int width)
    {
        var shown = Fit(width, out var widths);
        var lines = new List<string> { Row([.. columns.Select(c => new Cell(c.Head, style.Faint))], shown, widths) };
        foreach (var (cells, below) in _rows)
        {
            lines.Add(Row(cells, shown, widths));
            foreach (var (text, paint) in below.Where(static b => b.Text.Length > 0))
            {
                foreach (var line in TextWrap.Hard(text, Math.Max(20, width - Gap))) lines.Add("  " + (paint is null ? line : paint(line)));
            }
        }

        return lines;
    }

    public void Write(TextWriter output, Style style, int width, string indent = "")
    {
        foreach (var line in Lines(style, width - indent.Length)) output.WriteLine(indent + line);
    }

    private List<int> Fit(int width, out int[] widths)
    {
        var all = widths = [.. columns.Select((c, i) => _rows.Count == 0 ? c.Head.Length : Math.Max(c.Head.Length, _rows.Max(r => TextWidth.Of(r.Cells[i].Text))))];
        all[0] = Math.Max(LeastFirst, all[0]);
        var shown = Enumerable.Range(0, columns.Length).Where(i => columns[i].Keep == Always || _rows.Exists(r => r.Cells[i].Text is not ("" or "-"))).ToList();
        while (Total() > width && shown.Exists(i => columns[i].Keep != Always)) shown.Remove(shown.MinBy(i => columns[i].Keep));
        widths[0] = Math.Max(LeastFirst, widths[0] - Math.Max(0, Total() - width));
        return shown;

        int Total() => shown.Sum(i => all[i] + Gap) - Gap;
    }

    private string Row(Cell[] cells, List<int> shown, int[] widths)
    {
        var line = new System.Text.StringBuilder();
        foreach (var i in shown)
        {
            var text = i == 0 ? TextWidth.Cut(cells[i].Text, widths[i]) : cells[i].Text;
            var pad = widths[i] - TextWidth.Of(text);
            if (columns[i].Right) line.Append(' ', Math.Max(0, pad));
            line.Append(cells[i].Paint is { } paint ? paint(text) : text);
            if (i == shown[^1]) break;
            line.Append(' ', Gap + (columns[i].Right ? 0 : Math.Max(0, pad)));
        }

        return line.ToString().TrimEnd();
    }
}
