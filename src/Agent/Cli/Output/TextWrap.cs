namespace NodeAgent.Cli;

/// <summary>Breaks text at spaces.</summary>
public static class TextWrap
{
    /// <summary>Lines of at most <paramref name="width"/> characters; a longer word stands alone.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        while (text.Length > width)
        {
            var cut = text.LastIndexOf(' ', width, width + 1);
            if (cut <= 0) cut = text.IndexOf(' ', width);
            if (cut <= 0) break;
            yield return text[..cut];
            text = text[(cut + 1)..];
        }

        yield return text;
    }

    /// <summary>Lines of at most so many columns of a terminal; a longer word is broken.</summary>
    public static IEnumerable<string> Hard(string text, int columns)
    {
        var line = new System.Text.StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' '))
        {
            var rest = word;
            if (line.Length > 0 && used + 1 + TextWidth.Of(rest) <= columns)
            {
                line.Append(' ').Append(rest);
                used += 1 + TextWidth.Of(rest);
                continue;
            }

            if (line.Length > 0) yield return line.ToString();
            for (; TextWidth.Of(rest) > columns; rest = rest[TextWidth.Fitting(rest, columns)..]) yield return rest[..TextWidth.Fitting(rest, columns)];
            line.Clear().Append(rest);
            used = TextWidth.Of(rest);
        }

        yield return line.ToString();
    }
}
