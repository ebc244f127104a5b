using System.Collections.Concurrent;
using NodeAgent.Tests.Interop.Service;
using NodeAgent.Tests.Interop.Stock;
using Xunit;

namespace NodeAgent.Tests.Interop;

/// <summary>grpcio and grpc-js against src/Grpc: everything the two sides of a call can do to each other.</summary>
public sealed class StockClientTests
{
    private static readonly ConcurrentDictionary<(string, string), Lazy<ClientRun>> s_runs = new();

    private static readonly string[] s_cases =
    [
        "unary", "server_stream", "client_stream", "bidi", "deadline", "client_cancels", "server_ends_first",
        "metadata", "large_messages", "gzip", "gzip_is_limited_by_what_comes_out", "every_status", "status_details", "status_after_messages",
        "unknown_method", "bytes_that_are_no_message", "many_calls_on_one_channel", "slow_client", "slow_server", "keepalive", "restart",
    ];

    // Of grpc-js the reset of a stream that it has not ended did not reach the server in every run: Python alone tries this.
    private static readonly string[] s_pythonCases = ["client_cancels_while_sending"];

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var language in (string[])["python", "node"])
            {
                foreach (var transport in (string[])["unix", "tcp"])
                {
                    foreach (var name in language == "python" ? s_cases.Concat(s_pythonCases) : s_cases) cases.Add(language, transport, name);
                }
            }

            return cases;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void A_stock_client_finds(string language, string transport, string name)
    {
        StockTools.Need(language);
        s_runs.GetOrAdd((language, transport), static key => new Lazy<ClientRun>(() => Run(key.Item1, key.Item2))).Value.Passed(name);
    }

    private static ClientRun Run(string language, string transport)
    {
        using var server = new InteropServer(transport);
        return ClientRun.Of(StockTools.CommandLine(language, "interop_client", server.Target));
    }
}
