using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Interop.Stock;

/// <summary>Where the stock programs are, and what they need around them; tests/Interop/install gets them.</summary>
public static class StockTools
{
    /// <summary>Debian's own, whose packages grpcio is one of; another python may come first in PATH.</summary>
    private const string Python = "/usr/bin/python3";

    private const string InstallHint = "tests/Interop/install gets it";

    private static readonly string s_clients = Path.Combine(AppContext.BaseDirectory, "clients");
    private static readonly string s_protos = Path.Combine(AppContext.BaseDirectory, "protos");
    private static readonly string s_generated = Path.Combine(AppContext.BaseDirectory, "generated");
    private static readonly Lazy<string?> s_pythonLack = new(MakePythonModules);
    private static readonly Lazy<string?> s_nodeLack = new(static () =>
        Command.Has("node") ? Directory.Exists(NodeModules) ? null : $"the npm packages are not there (in {NodeModules}): {InstallHint}" : $"node is not there: {InstallHint}");

    /// <summary>The folder of the npm packages, or nothing.</summary>
    public static string NodeModules => Environment.GetEnvironmentVariable("NODEAGENT_NODE_MODULES") ?? "";

    /// <summary>Skips the test where the language's programs are missing.</summary>
    public static void Need(string language) => Skip.If(Lack(language) is { } lack && lack.Length > 0, Lack(language));

    /// <summary>Skips the test where a program is missing.</summary>
    public static void NeedProgram(string program) => Skip.IfNot(Command.Has(program), $"{program} is not there: {InstallHint}");

    /// <summary>The command line that runs a script of clients/, with what it imports.</summary>
    /// <param name="language">node or python</param>
    /// <param name="script">Its name without the ending: interop_client.</param>
    /// <param name="arguments">For the script.</param>
    public static string[] CommandLine(string language, string script, params string[] arguments) => language == "python"
        ? ["env", $"PYTHONPATH={s_generated}:{Path.Combine(s_clients, "python")}", "PYTHONDONTWRITEBYTECODE=1", "GRPC_VERBOSITY=NONE", Python, Path.Combine(s_clients, "python", script + ".py"), .. arguments]
        : ["env", $"NODE_PATH={NodeModules}", $"PROTOS={s_protos}", "node", Path.Combine(s_clients, "node", script + ".js"), .. arguments];

    private static string? Lack(string language) => language == "python" ? s_pythonLack.Value : s_nodeLack.Value;

    // The modules are made by Debian's protoc, which fits Debian's runtime.
    private static string? MakePythonModules()
    {
        if (!File.Exists(Python) || Command.Try(Python, "-c", "import grpc, google.protobuf").Status != 0) return $"python3-grpcio is not there: {InstallHint}";
        if (!Command.Has("protoc") || !Command.Has("grpc_python_plugin")) return $"protobuf-compiler-grpc is not there: {InstallHint}";
        Directory.CreateDirectory(s_generated);
        Command.Run("protoc", [
            $"--proto_path={s_protos}", $"--python_out={s_generated}", $"--grpc_out={s_generated}", $"--plugin=protoc-gen-grpc={Command.Run("which", "grpc_python_plugin").Trim()}",
            .. Directory.EnumerateFiles(s_protos, "*.proto", SearchOption.AllDirectories).Select(static file => Path.GetRelativePath(s_protos, file))]);
        return null;
    }
}
