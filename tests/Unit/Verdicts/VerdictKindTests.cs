using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Verdicts;

public sealed class VerdictKindTests
{
    [Fact]
    public void Every_kind_may_be_asked_for() =>
        Assert.Equal(typeof(VerdictKind).GetFields().Where(static f => f.IsLiteral).Select(static f => (string)f.GetRawConstantValue()!), VerdictKind.All);
}
