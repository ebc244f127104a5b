using System.Collections.Concurrent;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Interop.Daemon;
using NodeAgent.Tests.Interop.Stock;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Interop;

/// <summary>grpcio and grpc-js against the daemon itself: the whole API on its socket, who may do what there, and mutual TLS.</summary>
public sealed class DaemonTests(DaemonTests.Runs runs) : IClassFixture<DaemonTests.Runs>
{
    private static readonly string[] s_api =
    [
        "health", "reflection_v1", "reflection_v1alpha", "get_and_watch_node", "list_links", "plan", "invalid_document", "apply_and_confirm",
        "apply_that_nobody_confirms", "a_caller_who_goes_is_rolled_back", "rollback", "nothing_waits_for_confirmation", "storage_kvm_and_verdicts", "accept_paths_errors", "migrations", "watch_migrations",
        "measure_and_forecast_errors", "unimplemented",
    ];

    private static readonly string[] s_readers = ["a_reader_reads", "a_reader_changes_nothing"];

    private static readonly string[] s_tls =
    [
        "an_operator_operates", "a_reader_reads_only", "a_stranger_is_refused", "who_has_no_certificate_is_refused", "a_foreign_certificate_is_refused",
        "an_expired_certificate_is_refused", "plain_text_is_refused", "new_certificates_are_shown_and_streams_go_on",
    ];

    public static TheoryData<string, string> Api => Cases(s_api);

    public static TheoryData<string, string> Readers => Cases(s_readers);

    public static TheoryData<string, string> Tls => Cases(s_tls);

    [SkippableTheory]
    [MemberData(nameof(Api))]
    public void On_its_socket_root_finds(string language, string name) => runs.Of(language, "daemon_client").Passed(name);

    [SkippableTheory]
    [MemberData(nameof(Readers))]
    public void On_its_socket_a_user_of_the_reading_group_finds(string language, string name) => runs.Of(language, "reader_client").Passed(name);

    [SkippableTheory]
    [InlineData("python")]
    [InlineData("node")]
    public void On_its_socket_nobody_else_is_let_in(string language) => runs.Of(language, "outsider").Passed("an_outsider_cannot_connect");

    [SkippableTheory]
    [MemberData(nameof(Tls))]
    public void Over_TCP(string language, string name) => runs.Of(language, "tls_client").Passed(name);

    private static TheoryData<string, string> Cases(string[] names)
    {
        var cases = new TheoryData<string, string>();
        foreach (var language in (string[])["python", "node"])
        {
            foreach (var name in names) cases.Add(language, name);
        }

        return cases;
    }

    /// <summary>A daemon for each language, and one run of each script.</summary>
    public sealed class Runs : IDisposable
    {
        private readonly ConcurrentDictionary<string, Lazy<SandboxDaemon>> _daemons = new();
        private readonly ConcurrentDictionary<(string, string), Lazy<ClientRun>> _runs = new();

        public ClientRun Of(string language, string script)
        {
            StockTools.Need(language);
            Skip.IfNot(Environment.UserName == "root", "the sandbox needs root to make a network namespace");
            KernelSupport.Require(LinkKinds.Veth, LinkKinds.Bridge);
            var daemon = _daemons.GetOrAdd(language, static _ => new Lazy<SandboxDaemon>(static () => new SandboxDaemon())).Value;
            return _runs.GetOrAdd((language, script), _ => new Lazy<ClientRun>(() => Run(language, script, daemon))).Value;
        }

        public void Dispose()
        {
            foreach (var daemon in _daemons.Values)
            {
                if (daemon.IsValueCreated) daemon.Value.Dispose();
            }
        }

        private static ClientRun Run(string language, string script, SandboxDaemon daemon) => ClientRun.Of(script switch
        {
            "daemon_client" => StockTools.CommandLine(language, script, $"unix:{daemon.SocketPath}"),
            "reader_client" => StockTools.CommandLine(language, script, $"unix:{daemon.SocketPath}", $"{SandboxDaemon.ReadingUser}", $"{SandboxDaemon.ReadingGroup}"),
            "outsider" => StockTools.CommandLine(language, "reader_client", $"unix:{daemon.SocketPath}", "65531", "65531"),
            _ => StockTools.CommandLine(language, script, $"127.0.0.1:{daemon.Port}", daemon.Certificates.Folder),
        });
    }
}
