using NodeAgent.Api.V1;
using NodeAgent.Config;
using NodeAgent.Hosting.Access;
using Xunit;

namespace NodeAgent.Tests.Unit.Hosting;

public class AccessRulesTests
{
    private const uint Owner = 1000, Readers = 990;

    private readonly AccessRules _rules = new(Owner, Readers,
    [
        new ClientIdentity { CommonName = "ops", Role = Role.Operate },
        new ClientIdentity { Uri = "spiffe://c/ns/a", Role = Role.Read },
    ]);

    [Theory]
    [InlineData(0u, 0u, Role.Operate)]
    [InlineData(Owner, 5u, Role.Operate)]
    [InlineData(1001u, 5u, Role.None)]
    [InlineData(1001u, Readers, Role.Read)]
    [InlineData(65534u, Readers, Role.None)]
    public void Over_the_socket_the_user_and_the_groups_count(uint uid, uint group, Role role)
    {
        Assert.Equal(role, _rules.RoleOf(new UnixPeer(uid, 1, [group])));
        Assert.Equal(role, _rules.RoleOf(new UnixPeer(uid, 1, [7, 8, group])));
    }

    [Fact]
    public void Where_no_group_is_configured_root_is_alone_and_nobody_is_never_the_owner() =>
        Assert.Equal(Role.None, new AccessRules(65534, null, []).RoleOf(new UnixPeer(65534, 1, [65534])));

    [Fact]
    public void Over_TCP_the_first_identity_that_fits_counts_and_a_name_is_no_URI()
    {
        Assert.Equal(Role.Operate, _rules.RoleOf(new TlsPeer(["spiffe://c/ns/a"], "ops", default, null)));
        Assert.Equal(Role.Read, _rules.RoleOf(new TlsPeer(["spiffe://c/ns/b", "spiffe://c/ns/a"], "x", default, null)));
        Assert.Equal(Role.None, _rules.RoleOf(new TlsPeer(["spiffe://c/ns/A"], "spiffe://c/ns/a", default, null)));
        Assert.Equal(Role.None, _rules.RoleOf(new TlsPeer(["ops"], null, default, null)));
    }

    [Fact]
    public void Every_method_of_the_API_that_only_looks_needs_the_role_read_and_all_others_operate()
    {
        var services = new[] { NodeReflection.Descriptor, NetworkReflection.Descriptor, StorageReflection.Descriptor, MigrationReflection.Descriptor, MaintenanceReflection.Descriptor }.SelectMany(static f => f.Services);
        foreach (var method in services.SelectMany(static s => s.Methods))
        {
            var looks = new[] { "Get", "List", "Watch", "Plan" }.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal));
            Assert.Equal((method.FullName, looks ? Role.Read : Role.Operate), (method.FullName, MethodRoles.Of($"/{method.Service.FullName}/{method.Name}")));
        }

        Assert.Equal(Role.Operate, MethodRoles.Of("/nodeagent.v1.NetworkService/ListLinks/"));
        Assert.Equal(Role.Operate, MethodRoles.Of("/nodeagent.v1.NetworkService/listlinks"));
        Assert.Equal(Role.Read, MethodRoles.Of("/grpc.health.v1.Health/Check"));
    }
}
