using NodeAgent.Config;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Config;

/// <summary>README's table against the options there are.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Every_option_is_in_the_table_with_its_flag_and_whether_it_waits_for_a_start()
    {
        var lines = File.ReadAllLines(Path.Combine(ProjectFolder.Path, "README.md"));
        foreach (var option in ConfigurationOptions.All.Where(static o => !o.IsGlobal))
        {
            var row = Assert.Single(lines, line => line.StartsWith($"| `{option.Key}` | `{option.Flag}` |", StringComparison.Ordinal));
            Assert.Equal(option.AtStart, row.Contains("(next start)", StringComparison.Ordinal));
            var standard = option.Show(AgentConfiguration.Default);
            if (standard.Length > 0) Assert.Contains($"| {standard} |", row, StringComparison.Ordinal);
        }
    }
}
