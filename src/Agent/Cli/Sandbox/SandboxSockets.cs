namespace NodeAgent.Cli.Sandbox;

/// <summary>The sockets of sandboxes that run on this machine, or left their folder behind; the newest first.</summary>
internal static class SandboxSockets
{
    public static IEnumerable<string> Find()
    {
        try
        {
            return
            [
                .. new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(SandboxFolder.Prefix + "*")
                    .OrderByDescending(static d => d.CreationTimeUtc)
                    .Select(static d => new HostPaths { Run = Path.Combine(d.FullName, "run") }.Socket)
                    .Where(File.Exists),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
