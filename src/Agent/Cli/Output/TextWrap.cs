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
}
