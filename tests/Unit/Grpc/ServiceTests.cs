using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Where the object that serves a call comes from, and what mapping a service leaves in the routes.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task A_service_that_is_not_registered_is_made_for_each_call_and_disposed_after_it()
    {
        var log = new List<string>();
        await using var server = await EchoServer.StartAsync(new()
        {
            Services = services => services.AddSingleton(log),
            Map = app => app.MapGrpcService<MadeService>(),
        });
        var client = server.Client();
        await client.UnaryAsync(new EchoRequest { Text = "1" });
        await client.UnaryAsync(new EchoRequest { Text = "2" });
        Assert.Equal(["made", "1", "disposed", "made", "2", "disposed"], log);
    }

    [Fact]
    public async Task A_service_that_cannot_be_made_is_unknown()
    {
        await using var server = await EchoServer.StartAsync(new() { Map = app => app.MapGrpcService<MadeService>() });
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(new EchoRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unknown, error.StatusCode);
    }

    [Fact]
    public async Task What_a_service_does_not_override_is_unimplemented()
    {
        await using var server = await EchoServer.StartAsync(new()
        {
            Services = services => services.AddSingleton(new List<string>()),
            Map = app => app.MapGrpcService<MadeService>(),
        });
        using var call = server.Client().Duplex();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public void Endpoints_say_which_method_they_are_and_take_conventions()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddGrpc();
        using var app = (IDisposable)builder.Build();
        var routes = (IEndpointRouteBuilder)app;
        var mapped = routes.MapGrpcService<EchoService>();
        routes.MapGrpcService<MadeService>();
        mapped.WithMetadata("mine");
        var endpoints = routes.DataSources.SelectMany(source => source.Endpoints).ToList();

        Assert.Equal(9, endpoints.Count);
        Assert.Equal(
            ["/nodeagent.tests.v1.Echo/ClientStream", "/nodeagent.tests.v1.Echo/Duplex", "/nodeagent.tests.v1.Echo/ServerStream", "/nodeagent.tests.v1.Echo/Unary"],
            endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<string>() == "mine").Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()!.Method.FullName).Order());
    }

    [Fact]
    public void What_is_no_service_is_not_mapped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddGrpc();
        var app = builder.Build();
        Assert.Contains("generated …Base", Assert.Throws<InvalidOperationException>(() => app.MapGrpcService<ServiceTests>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_mapped_without_AddGrpc()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddGrpc", Assert.Throws<InvalidOperationException>(() => app.MapGrpcService<EchoService>()).Message, StringComparison.Ordinal);
    }

    public sealed class MadeService : Echo.EchoBase, IDisposable
    {
        private readonly List<string> _log;

        public MadeService(List<string> log)
        {
            _log = log;
            _log.Add("made");
        }

        public override Task<EchoResponse> Unary(EchoRequest request, ServerCallContext context)
        {
            _log.Add(request.Text);
            return Task.FromResult(EchoService.Answer(request));
        }

        public void Dispose() => _log.Add("disposed");
    }
}
