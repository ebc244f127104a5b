using System.Collections.Concurrent;
using Google.Rpc;
using Grpc.Core;
using NodeAgent.Api;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Remote;
using NodeAgent.Network.Spec;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Cli;
using Xunit;
using V1 = NodeAgent.Api.V1;

namespace NodeAgent.Tests.Unit.Api;

/// <summary>The service and its client over a real socket, with an engine that a test plays.</summary>
public sealed class NetworkServiceTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly HashSet<string> s_none = [];

    [Theory]
    [InlineData(ApplyOutcome.Committed)]
    [InlineData(ApplyOutcome.NothingToDo)]
    [InlineData(ApplyOutcome.Refused)]
    [InlineData(ApplyOutcome.RolledBack)]
    [InlineData(ApplyOutcome.Failed)]
    public void Every_outcome_comes_at_the_end_of_the_stream_after_its_progress(ApplyOutcome outcome)
    {
        var observer = new Told();
        var engine = new FakeEngine
        {
            Events = [new ApplyEvent(ApplyStage.Plan, "3 steps", 0, 3), new ApplyEvent(ApplyStage.Journal, "transaction 7c1f", 0, 3)],
            ApplyResult = new ApplyResult { Outcome = outcome, Message = "why", Transaction = "7c1f", Causes = ["cause"] },
        };
        using var server = new ApiServer(() => engine, observers: [observer]);
        var steps = new List<ApplyEvent>();
        var result = server.Connect().Apply(Request(), new Collect(steps), CancellationToken.None);
        Assert.Equal((outcome, "why", "7c1f"), (result.Outcome, result.Message, result.Transaction));
        Assert.Equal(["cause"], result.Causes);
        Assert.Equal(engine.Events, steps);
        Assert.Equal([("apply", "doc", outcome)], observer.Ended);
    }

    [Theory]
    [InlineData(-1, 2, "count")]
    [InlineData(1001, 2, "count")]
    [InlineData(1, 0x52, "first_byte")]
    [InlineData(1, 258, "first_byte")]
    public void Addresses_out_of_range_are_refused_by_name(int count, int firstByte, string field)
    {
        using var server = new ApiServer(static () => new FakeEngine());
        using var calls = new RemoteCalls(server.Socket, null);
        var error = Assert.Throws<RpcException>(() => calls.Network.ListFreeMacAddresses(new V1.ListFreeMacAddressesRequest { Count = count, FirstByte = firstByte }));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains(field, error.Status.Detail, StringComparison.Ordinal);
        Assert.Single(calls.Network.ListFreeMacAddresses(new V1.ListFreeMacAddressesRequest()).MacAddresses);
    }

    [Fact]
    public void Requests_reach_the_engine_as_they_were()
    {
        var engine = new FakeEngine();
        using var server = new ApiServer(() => engine);
        var client = server.Connect("192.0.2.7 50000 192.0.2.1 22");
        var probe = new ProbeSpec { Kind = ProbeKind.Tcp, Host = "192.0.2.9", Port = 6443 };
        client.Apply(Request() with { AllowDisrupt = new HashSet<string> { "br0" }, Confirm = TimeSpan.FromSeconds(90), Probes = [probe] }, null, CancellationToken.None);
        client.Apply(Request() with { Probes = [] }, null, CancellationToken.None);
        client.Apply(Request(), null, CancellationToken.None);
        client.Delete("old", new HashSet<string> { "br0" }, null, CancellationToken.None);
        client.Rollback(null, s_none, null, CancellationToken.None);
        client.Rollback("7c1f", s_none, null, CancellationToken.None);
        Assert.True(client.Confirm("7c1f").Done);
        Assert.Equal(["apply doc", "apply doc", "apply doc", "delete old allow br0", "rollback ", "rollback 7c1f", "confirm 7c1f"], engine.Calls);
        Assert.Equal([[probe], [], null], engine.Requests.Select(static r => r.Probes));
        Assert.Equal((TimeSpan.FromSeconds(90), null), (engine.Requests[0].Confirm, engine.Requests[1].Confirm));
        Assert.Equal(["br0"], engine.Requests[0].AllowDisrupt);
        Assert.Equal(Request().Document.Text, engine.Requests[0].Document.Text);
        Assert.All(engine.Callers, static c => Assert.Equal("your SSH session from 192.0.2.7", c.Description));
        Assert.Equal(6, engine.Callers.Count);
    }

    [Fact]
    public void Errors_of_a_document_come_with_their_places()
    {
        SpecError[] errors = [new(new SourceMark("doc.yaml", 3, 7), "interfaces[0].mtu", "conflicts"), new(default, "routes", "is wrong")];
        var engine = new FakeEngine { PlanResult = new PlanResult { Errors = errors }, ApplyResult = new ApplyResult { Outcome = ApplyOutcome.Invalid, Message = errors[0].ToString(), Errors = errors } };
        using var server = new ApiServer(() => engine);
        var client = server.Connect();
        Assert.Equal(errors, client.Plan(Request().Document, s_none).Errors);
        var result = client.Apply(Request(), null, CancellationToken.None);
        Assert.Equal((ApplyOutcome.Invalid, errors[0].ToString()), (result.Outcome, result.Message));
        Assert.Equal(errors, result.Errors);
    }

    [Fact]
    public void A_document_that_cannot_be_read_is_an_invalid_argument_with_details()
    {
        using var server = new ApiServer(() => new FakeEngine());
        using var calls = new RemoteCalls(server.Socket, null);
        var request = new V1.PlanRequest { Document = new V1.Document { File = "typo.yaml", Text = "interfaces:\n- name: br0\n  typ: linux-bridge\n" } };
        var error = Assert.Throws<RpcException>(() => calls.Network.Plan(request));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        var place = Assert.Single(StatusDetails.Find<V1.InvalidDocument>(error)!.Errors);
        Assert.Equal(("typo.yaml", 3, 3), (place.File, place.Line, place.Column));
        Assert.Contains("typo.yaml:3:3", Assert.Single(StatusDetails.Find<BadRequest>(error)!.FieldViolations).Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_errors_fit_into_the_trailers()
    {
        var errors = Enumerable.Range(1, 1000).Select(static i => new SpecError(new SourceMark("doc.yaml", i, 1), $"interfaces[{i}]", "is wrong in a way that takes some words")).ToList();
        using var server = new ApiServer(() => new FakeEngine { PlanResult = new PlanResult { Errors = errors } });
        var told = server.Connect().Plan(Request().Document, s_none).Errors;
        Assert.InRange(told.Count, 10, 100);
        Assert.Equal(errors[0], told[0]);
        Assert.Equal($"{1000 - (told.Count - 1)} more errors are left out", told[^1].Message);
    }

    [Theory]
    [InlineData("""{ }""", "document")]
    [InlineData("""{ "document": { "text": "interfaces: []" } }""", "document.file")]
    [InlineData("""{ "document": { "text": "interfaces: []", "file": "a", "name": "../x" } }""", "document.name")]
    [InlineData("""{ "document": { "text": "interfaces: []", "file": "a" }, "confirm": "0s" }""", "confirm")]
    [InlineData("""{ "document": { "text": "interfaces: []", "file": "a" }, "confirm": "-3s" }""", "confirm")]
    [InlineData("""{ "document": { "text": "interfaces: []", "file": "a" }, "probes": { "probes": [ {} ] } }""", "probes.probes[0]")]
    public async Task A_request_that_lacks_something_names_the_field(string json, string field)
    {
        var engine = new FakeEngine();
        using var server = new ApiServer(() => engine);
        using var calls = new RemoteCalls(server.Socket, null);
        using var call = calls.Network.Apply(V1.ApplyRequest.Parser.ParseJson(json));
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(field, Assert.Single(StatusDetails.Find<BadRequest>(error)!.FieldViolations).Field);
        Assert.Empty(engine.Calls);
    }

    [Fact]
    public async Task A_dry_run_plans_and_changes_nothing()
    {
        var engine = new FakeEngine();
        using var server = new ApiServer(() => engine);
        using var calls = new RemoteCalls(server.Socket, null);
        using var call = calls.Network.Apply(new V1.ApplyRequest { Document = new V1.Document { File = "a.yaml", Text = "interfaces: []" }, DryRun = true });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(V1.ChangeOutcome.Planned, call.ResponseStream.Current.Result.Outcome);
        Assert.Equal(["plan a allow "], engine.Calls);
    }

    [Fact]
    public async Task A_change_that_waits_holds_up_nobody_and_a_second_one_is_told_of_it()
    {
        using var waits = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var waiting = new WaitingTransaction("7c1f", "first", new DateTimeOffset(2026, 11, 20, 12, 0, 30, TimeSpan.Zero));
        var engine = new FakeEngine
        {
            WaitingOne = waiting,
            OnApply = (_, _) =>
            {
                waits.Set();
                Assert.True(go.Wait(s_patience));
                return new ApplyResult { Outcome = ApplyOutcome.Committed, Message = "kept" };
            },
        };
        using var server = new ApiServer(() => engine, changeWait: TimeSpan.FromMilliseconds(10));
        var first = Task.Run(() => server.Connect().Apply(Request(), null, CancellationToken.None));
        Assert.True(waits.Wait(s_patience));

        var client = server.Connect();
        Assert.Empty(client.Plan(Request().Document, s_none).Errors);
        Assert.Equal(waiting, client.Waiting());
        var second = client.Apply(Request(), null, CancellationToken.None);
        Assert.Equal(ApplyOutcome.Failed, second.Outcome);
        Assert.Equal("transaction 7c1f of policy first waits to be confirmed until 2026-11-20T12:00:30Z: confirm it, roll it back, or wait for it", second.Message);
        Assert.True(client.Confirm("7c1f").Done);
        Assert.Equal(ApplyOutcome.Committed, client.Rollback("7c1f", s_none, null, CancellationToken.None).Outcome);

        go.Set();
        Assert.Equal("kept", (await first.WaitAsync(s_patience)).Message);
    }

    [Fact]
    public async Task Cancelled_by_its_caller_a_change_is_rolled_back_and_the_caller_learns_how_it_ended()
    {
        using var begun = new ManualResetEventSlim();
        using var server = new ApiServer(() => Interruptible(begun, new ManualResetEventSlim()));
        using var stop = new CancellationTokenSource();
        var call = Task.Run(() => server.Connect().Apply(Request(), null, stop.Token));
        Assert.True(begun.Wait(s_patience));
        await stop.CancelAsync();
        var result = await call.WaitAsync(s_patience);
        Assert.Equal((ApplyOutcome.RolledBack, "it was interrupted"), (result.Outcome, result.Message));
    }

    [Fact]
    public void Left_by_its_caller_a_change_is_rolled_back_and_observers_are_told()
    {
        using var begun = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        var observer = new Told();
        using var server = new ApiServer(() => Interruptible(begun, ended), observers: [observer]);
        var calls = new RemoteCalls(server.Socket, null);
        var call = calls.Network.Apply(new V1.ApplyRequest { Document = new V1.Document { File = "doc.yaml", Text = "interfaces: []" } });
        Assert.True(begun.Wait(s_patience));
        call.Dispose();
        calls.Dispose();
        Assert.True(ended.Wait(s_patience));
        Assert.True(SpinWait.SpinUntil(() => !observer.Ended.IsEmpty, s_patience));
        Assert.Equal(("apply", "doc", ApplyOutcome.RolledBack), Assert.Single(observer.Ended));
    }

    [Fact]
    public void What_is_not_served_yet_and_what_nobody_waits_for_are_statuses()
    {
        using var server = new ApiServer(() => new FakeEngine { Reply = new TransactionReply(false, "no transaction waits to be confirmed") });
        using var calls = new RemoteCalls(server.Socket, null);
        var error = Assert.Throws<RpcException>(() => calls.Network.Confirm(new V1.ConfirmRequest()));
        Assert.Equal((StatusCode.FailedPrecondition, "no transaction waits to be confirmed"), (error.StatusCode, error.Status.Detail));
        Assert.False(calls.Network.CancelChange(new V1.CancelChangeRequest { RequestId = "unknown" }).Found);
        var maintenance = new V1.MaintenanceService.MaintenanceServiceClient(calls.Channel);
        Assert.Equal(StatusCode.Unimplemented, Assert.Throws<RpcException>(() => maintenance.GetMaintenance(new V1.GetMaintenanceRequest())).StatusCode);
    }

    [Fact]
    public void An_engine_that_cannot_be_made_is_unavailable_and_tried_again()
    {
        var tries = 0;
        using var server = new ApiServer(() => ++tries == 1 ? throw new IOException("no socket") : new FakeEngine());
        var client = server.Connect();
        Assert.Contains("no socket", Assert.Throws<DaemonException>(() => client.Policies()).Message, StringComparison.Ordinal);
        Assert.Empty(client.Policies());
    }

    private static ApplyRequest Request() => new() { Document = DocumentReader.Read("doc.yaml", "interfaces: []\n").Document! };

    private static FakeEngine Interruptible(ManualResetEventSlim begun, ManualResetEventSlim ended) => new()
    {
        OnApply = (_, stop) =>
        {
            begun.Set();
            Assert.True(stop.WaitHandle.WaitOne(s_patience));
            ended.Set();
            return new ApplyResult { Outcome = ApplyOutcome.RolledBack, Message = "it was interrupted" };
        },
    };

    private sealed class Collect(List<ApplyEvent> into) : IProgress<ApplyEvent>
    {
        public void Report(ApplyEvent value) => into.Add(value);
    }

    private sealed class Told : IDaemonObserver
    {
        public ConcurrentQueue<(string Kind, string Policy, ApplyOutcome Outcome)> Ended { get; } = [];

        public void Transaction(string kind, string policy, ApplyResult result) => Ended.Enqueue((kind, policy, result.Outcome));
    }
}
