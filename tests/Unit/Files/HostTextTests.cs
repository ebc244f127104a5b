using NodeAgent.Files;
using Xunit;

namespace NodeAgent.Tests.Unit.Files;

public sealed class HostTextTests
{
    [Theory]
    [InlineData("short", "short")]
    [InlineData("two\nlines\t\0", "two.lines..")]
    [InlineData("0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789")]
    [InlineData("01234567890123456789012345678901234567890", "0123456789012345678901234567890123456789…")]
    public void What_is_shown_of_a_text_is_one_short_line(string text, string shown) => Assert.Equal(shown, HostText.Shorten(text));
}
