using System.Runtime.CompilerServices;
using System.Text.Json;
using NodeAgent.Network.Planning;
using Xunit;

namespace NodeAgent.Tests.Unit.Planning;

/// <summary>The folders of cases/, each planned and compared with its plan.txt (and plan.json where there is one). UPDATE_GOLDEN=1 writes them anew: read the difference before it is committed.</summary>
public sealed class CaseTests
{
    private static readonly string s_root = Path.Combine(Here(), "cases");
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static TheoryData<string> Names => [.. Directory.EnumerateDirectories(s_root).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_planned_as_written(string name)
    {
        var folder = Path.Combine(s_root, name);
        var planned = new PlanCase(folder);
        var plan = Planner.Plan(planned.Request(planned.Current));

        Compare(Path.Combine(folder, "plan.txt"), Lab.Text(plan));
        var json = Path.Combine(folder, "plan.json");
        if (File.Exists(json)) Compare(json, PlanJson.ToJson(plan).ToJsonString(s_indented) + "\n");

        var colored = new StringWriter();
        PlanText.Write(plan, colored, color: true);
        Assert.Equal(Lab.Text(plan), System.Text.RegularExpressions.Regex.Replace(colored.ToString(), "\e\\[[0-9;]*m", ""));

        // Also what is refused could be done: the guards judge it, not the kernel.
        if (plan.Refusals.Any(r => r.Link is null)) return;
        var after = KernelRules.Run(planned.Current, plan.Steps);
        Assert.Empty(Planner.Plan(planned.Request(after)).Steps);
    }

    public static string Folder(string name) => Path.Combine(s_root, name);

    private static void Compare(string file, string actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} does not exist; write it with UPDATE_GOLDEN=1, and read it");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
