namespace NodeAgent.Cli;

/// <summary>Colour by meaning; plain text where colour is off.</summary>
public readonly record struct Style(bool Colour)
{
    public string Good(string text) => Paint(text, "32");

    public string Bad(string text) => Paint(text, "31");

    public string Warn(string text) => Paint(text, "33");

    public string Head(string text) => Paint(text, "1");

    public string Faint(string text) => Paint(text, "2");

    private string Paint(string text, string code) => Colour && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
