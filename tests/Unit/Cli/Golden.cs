using System.Runtime.CompilerServices;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>Compares output with the file of that name in Golden/; NODEAGENT_UPDATE_GOLDEN=1 writes it instead.</summary>
internal static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("NODEAGENT_UPDATE_GOLDEN") == "1") File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; NODEAGENT_UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
