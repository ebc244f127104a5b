using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using NodeAgent.Api.Reflection;
using Xunit;

namespace NodeAgent.Tests.Unit.Api.Reflection;

public sealed class ReflectionTests
{
    private readonly ReflectionSession _session = new(ServedFiles.OfAgent);

    [Fact]
    public void Every_service_is_listed()
    {
        var names = Ask(new ServerReflectionRequest { ListServices = "" }).ListServicesResponse.Service.Select(s => s.Name);
        Assert.Equal(
            [
                "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "nodeagent.v1.MaintenanceService",
                "nodeagent.v1.MigrationService", "nodeagent.v1.NetworkService", "nodeagent.v1.NodeService", "nodeagent.v1.StorageService",
            ],
            names);
    }

    [Theory]
    [InlineData("nodeagent.v1.NetworkService")]
    [InlineData("nodeagent.v1.NetworkService.WatchLinks")]
    [InlineData("nodeagent.v1.Link")]
    [InlineData("nodeagent.v1.Link.name")]
    [InlineData("nodeagent.v1.ApplyResponse.event")]
    [InlineData("nodeagent.v1.ChangeStage")]
    [InlineData("nodeagent.v1.CHANGE_STAGE_APPLY")]
    public void A_symbol_brings_its_file_with_all_it_imports(string symbol)
    {
        var files = Files(new ServerReflectionRequest { FileContainingSymbol = symbol });
        Assert.Equal("nodeagent/v1/network.proto", files[0].Name);
        Assert.Equal(["google/protobuf/duration.proto", "google/protobuf/timestamp.proto", "nodeagent/v1/common.proto"], files.Skip(1).Select(f => f.Name).Order());
    }

    [Fact]
    public void What_was_sent_is_not_sent_again_unless_asked_for()
    {
        Assert.True(Files(new ServerReflectionRequest { FileByFilename = "nodeagent/v1/network.proto" }).Count > 1);
        var node = Files(new ServerReflectionRequest { FileByFilename = "nodeagent/v1/node.proto" }).Select(f => f.Name).ToList();
        Assert.Contains("nodeagent/v1/node.proto", node);
        Assert.DoesNotContain("nodeagent/v1/network.proto", node);
        Assert.Equal(["nodeagent/v1/network.proto"], Files(new ServerReflectionRequest { FileByFilename = "nodeagent/v1/network.proto" }).Select(f => f.Name));
        Assert.True(Files(new ReflectionSession(ServedFiles.OfAgent), new ServerReflectionRequest { FileByFilename = "nodeagent/v1/node.proto" }).Count > 1);
    }

    [Fact]
    public void Details_of_statuses_can_be_looked_up() =>
        Assert.Equal("google/rpc/error_details.proto", Files(new ServerReflectionRequest { FileContainingSymbol = "google.rpc.BadRequest" })[0].Name);

    [Fact]
    public void What_is_not_known_is_said_so_and_the_stream_goes_on()
    {
        ServerReflectionRequest[] questions =
        [
            new() { FileByFilename = "nodeagent/v2/node.proto" },
            new() { FileContainingSymbol = "nodeagent.v1.Nothing" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = "nodeagent.v1.Link", ExtensionNumber = 100 } },
            new() { AllExtensionNumbersOfType = "nodeagent.v1.Nothing" },
        ];
        foreach (var question in questions) Assert.Equal((int)StatusCode.NotFound, Ask(question).ErrorResponse.ErrorCode);
    }

    [Fact]
    public void A_message_without_extensions_has_none()
    {
        var answer = Ask(new ServerReflectionRequest { AllExtensionNumbersOfType = "nodeagent.v1.Link" }).AllExtensionNumbersResponse;
        Assert.Equal("nodeagent.v1.Link", answer.BaseTypeName);
        Assert.Empty(answer.ExtensionNumber);
    }

    [Fact]
    public void An_answer_repeats_the_question_and_the_host()
    {
        var question = new ServerReflectionRequest { Host = "node1", ListServices = "*" };
        var answer = Ask(question);
        Assert.Equal("node1", answer.ValidHost);
        Assert.Equal(question, answer.OriginalRequest);
    }

    [Fact]
    public void No_question_is_an_error_of_the_caller() =>
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<RpcException>(() => Ask(new ServerReflectionRequest())).StatusCode);

    private static List<FileDescriptorProto> Files(ReflectionSession session, ServerReflectionRequest question) =>
        [.. session.Answer(question).FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom)];

    private List<FileDescriptorProto> Files(ServerReflectionRequest question) => Files(_session, question);

    private ServerReflectionResponse Ask(ServerReflectionRequest question) => _session.Answer(question);
}
