using Xunit;

namespace NodeAgent.Tests.Support;

/// <summary>
/// A test that changes the machine it runs on, so it runs in the virtual machine and nowhere else.
/// May skip itself too (<see cref="Skip"/>), as any <see cref="SkippableFactAttribute"/>.
/// </summary>
public sealed class VmFactAttribute : SkippableFactAttribute
{
    public VmFactAttribute() => Skip = TestVm.SkipReason!;
}
