using Xunit;

namespace NodeAgent.Tests.Interop.Programs;

/// <summary>`nodeagent run` with folders of its own, and its metrics on a free port.</summary>
internal sealed class AgentDaemon : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-interop-").FullName;
    private readonly BackgroundProgram _program;

    public AgentDaemon(string policy = "", params IEnumerable<string> options)
    {
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        if (policy.Length > 0) File.WriteAllText(Path.Combine(Folder("policies"), "test.yaml"), policy);
        Http = new Uri($"http://127.0.0.1:{BackgroundProgram.FreePort()}/");
        _program = new BackgroundProgram(Project.Agent,
            ["run", "--config", Configuration(), "--state-dir", Folder("state"), "--run-dir", Folder("run"), "--policies-dir", Folder("policies"), .. options]);
        Until.True(() => _program.HasEnded || _program.Said.Contains("watching", StringComparison.OrdinalIgnoreCase), () => $"nodeagent run did not start:\n{_program.Said}");
        Assert.False(_program.HasEnded, _program.Said);
    }

    /// <summary>Where /metrics is.</summary>
    public Uri Http { get; }

    public Uri Metrics => new(Http, "/metrics");

    public int Id => _program.Id;

    public string Log => _program.Said;

    public void Dispose()
    {
        _program.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Configuration()
    {
        var file = Path.Combine(_folder, "nodeagent.yaml");
        File.WriteAllText(file, $"metrics:\n  address: {Http.Authority}\n  interval: 1s\n");
        return file;
    }
}
