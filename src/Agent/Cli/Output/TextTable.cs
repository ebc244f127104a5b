namespace NodeAgent.Cli;

/// <summary>Columns for people: as wide as their content, the last one wrapped at the width of the terminal.</summary>
public sealed class TextTable(params string[] heads)
{
    private const int Gap = 2;
    private readonly List<Cell[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params Cell[] cells) => _rows.Add(cells);

    public void Write(TextWriter output, Style style, int width, string indent = "")
    {
        var columns = Widths();
        if (heads.Length > 0) WriteRow(output, [.. heads.Select(h => new Cell(h, style.Faint))], columns, width, indent);
        foreach (var row in _rows) WriteRow(output, row, columns, width, indent);
    }

    private int[] Widths()
    {
        var columns = new int[Math.Max(heads.Length, _rows.Count == 0 ? 0 : _rows.Max(r => r.Length))];
        for (var i = 0; i < heads.Length; i++) columns[i] = heads[i].Length;
        foreach (var row in _rows)
        {
            // A row that ends early (a note) may run over the columns to its right.
            for (var i = 0; i < row.Length && (row.Length == columns.Length || i < row.Length - 1); i++) columns[i] = Math.Max(columns[i], row[i].Text.Length);
        }

        return columns;
    }

    private static void WriteRow(TextWriter output, Cell[] row, int[] columns, int width, string indent)
    {
        output.Write(indent);
        var at = indent.Length;
        for (var i = 0; i < row.Length; i++)
        {
            var (text, paint) = row[i];
            if (i == row.Length - 1)
            {
                WriteWrapped(output, text, paint, at, width);
                break;
            }

            output.Write(paint is null ? text : paint(text));
            if (HasMore(row, i))
            {
                var pad = columns[i] - text.Length + Gap;
                for (var n = 0; n < pad; n++) output.Write(' ');
            }

            at += columns[i] + Gap;
        }

        output.WriteLine();
    }

    private static bool HasMore(Cell[] row, int column)
    {
        for (var i = column + 1; i < row.Length; i++)
        {
            if (row[i].Text.Length > 0) return true;
        }

        return false;
    }

    private static void WriteWrapped(TextWriter output, string text, Func<string, string>? paint, int at, int width)
    {
        var room = Math.Max(20, width - at);
        var first = true;
        foreach (var line in TextWrap.Lines(text, room))
        {
            if (!first)
            {
                output.WriteLine();
                for (var n = 0; n < at; n++) output.Write(' ');
            }

            output.Write(paint is null ? line : paint(line));
            first = false;
        }
    }
}
