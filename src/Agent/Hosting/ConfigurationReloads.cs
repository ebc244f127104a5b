using Microsoft.Extensions.Logging;
using NodeAgent.Config;

namespace NodeAgent.Hosting;

/// <summary>Says what came of each reload: in the log, and as a part of the readiness, which a wrong file does not end.</summary>
public static class ConfigurationReloads
{
    private const string Part = "configuration";

    /// <summary>From now on.</summary>
    public static void Tell(ConfigurationStore store, Readiness readiness, ILogger log)
    {
        readiness.Set(Part, true, "in force");
        store.Reloaded += result =>
        {
            Log(result, log);
            readiness.Set(Part, true, Sentence(result));
        };
    }

    private static void Log(ReloadResult result, ILogger log)
    {
        foreach (var error in result.Errors) log.Wrong(error.ToString());
        foreach (var key in result.AtNextStart) log.AtNextStart(key);
        if (!result.Succeeded) log.Kept(result.Errors.Count);
        else if (result.Changed.Count > 0) log.Changed(string.Join(", ", result.Changed));
        else if (result.AtNextStart.Count == 0) log.Unchanged();
    }

    private static string Sentence(ReloadResult result)
    {
        if (!result.Succeeded) return $"the file is wrong now, what it said before stays in force: {result.Errors[0]}";
        return result.AtNextStart.Count > 0 ? "in force, but for what takes effect at the next start: " + string.Join(", ", result.AtNextStart) : "in force";
    }
}
