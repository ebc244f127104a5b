using System.Text;

namespace NodeAgent.Metrics.Instruments;

/// <summary>Reads labels back from the text they were written as.</summary>
internal static class LabelText
{
    /// <param name="text"><c>{a="1",b="2"</c>, or nothing.</param>
    public static KeyValuePair<string, object?>[] Read(string text)
    {
        var labels = new List<KeyValuePair<string, object?>>();
        for (var at = 1; at < text.Length; at++)
        {
            var equals = text.IndexOf('=', at);
            var name = text[at..equals];
            var value = new StringBuilder();
            for (at = equals + 2; text[at] != '"'; at++)
            {
                if (text[at] == '\\') value.Append(text[++at] == 'n' ? '\n' : text[at]);
                else value.Append(text[at]);
            }

            labels.Add(new(name, value.ToString()));
            // The quotation mark; the comma is the loop's.
            at++;
        }

        return [.. labels];
    }
}
