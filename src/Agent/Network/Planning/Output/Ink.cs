namespace NodeAgent.Network.Planning.Output;

/// <summary>Terminal colours, or none.</summary>
internal readonly record struct Ink(bool On)
{
    public string Sign(string sign, string text) => sign switch
    {
        "+" => Paint("32", text),
        "-" => Paint("31", text),
        "~" => Paint("33", text),
        _ => Paint("35", text),
    };

    public string Red(string text) => Paint("1;31", text);

    public string Faint(string text) => Paint("2", text);

    private string Paint(string code, string text) => On ? $"\e[{code}m{text}\e[0m" : text;
}
