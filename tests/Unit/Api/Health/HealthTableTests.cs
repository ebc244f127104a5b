using NodeAgent.Api.Health;
using NodeAgent.Hosting;
using Xunit;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace NodeAgent.Tests.Unit.Api.Health;

public sealed class HealthTableTests
{
    private readonly Readiness _readiness = new();
    private readonly HealthTable _table;

    public HealthTableTests() => _table = new HealthTable(_readiness);

    [Fact]
    public void A_service_serves_while_the_parts_it_needs_do_and_the_server_while_all_do()
    {
        _readiness.Set("network", true, "");
        _readiness.Set("http", false, "the port is taken");
        Assert.Equal(Serving.Serving, _table.Of("nodeagent.v1.NetworkService"));
        Assert.Equal(Serving.NotServing, _table.Of(""));
        _readiness.Set("http", true, "");
        Assert.Equal(Serving.Serving, _table.Of(""));
        _readiness.Set("network", false, "the policies are being applied");
        Assert.Equal(Serving.NotServing, _table.Of("nodeagent.v1.NetworkService"));
        Assert.Equal(Serving.Serving, _table.Of("nodeagent.v1.NodeService"));
        Assert.Equal(Serving.Serving, _table.Of("nodeagent.v1.StorageService"));
        _readiness.Set("storage", false, "device-mapper does not answer");
        Assert.Equal(Serving.NotServing, _table.Of("nodeagent.v1.StorageService"));
    }

    [Fact]
    public void What_is_not_implemented_does_not_serve_and_what_is_not_known_has_no_state()
    {
        Assert.Equal(Serving.NotServing, _table.Of("nodeagent.v1.MaintenanceService"));
        Assert.Null(_table.Of("nodeagent.v1.Nothing"));
        Assert.All(HealthTable.Services, s => Assert.NotNull(_table.Of(s)));
    }
}
