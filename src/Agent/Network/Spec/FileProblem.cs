namespace NodeAgent.Network.Spec;

/// <summary>Why a file cannot be read, in one sentence.</summary>
internal static class FileProblem
{
    public static string Of(string path, Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "cannot be read: there is no such file",
        UnauthorizedAccessException when Directory.Exists(path) => "cannot be read: it is a folder; name a file",
        UnauthorizedAccessException => "cannot be read: permission denied",
        _ => "cannot be read: " + error.Message,
    };
}
