using System.CommandLine;
using System.Globalization;

namespace NodeAgent.Cli;

/// <summary>An option that takes a whole number, and says so in words where it gets something else.</summary>
internal static class NumberOption
{
    /// <param name="name">With its dashes.</param>
    /// <param name="expected">"a number from 1 to 10"</param>
    public static Option<int?> Of(string name, string expected) => new(name)
    {
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
            result.AddError($"{name} {SafeText.Of(result.Tokens[0].Value)}: expected {expected}");
            return null;
        },
    };
}
