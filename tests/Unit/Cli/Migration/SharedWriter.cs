using System.Text;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli.Migration;

/// <summary>What a command prints, read while it runs.</summary>
internal sealed class SharedWriter : TextWriter
{
    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();

    public override Encoding Encoding => Encoding.UTF8;

    public string Shown
    {
        get
        {
            lock (_lock) return _text.ToString();
        }
    }

    public override void Write(char value)
    {
        lock (_lock) _text.Append(value);
    }

    public override void Write(string? value)
    {
        lock (_lock) _text.Append(value);
    }

    public void Until(string text) => Assert.True(Wait.Until(() => Shown.Contains(text, StringComparison.Ordinal)), $"expected {text}, printed {Shown}");
}
