using Xunit;

namespace NodeAgent.Tests.Support;

/// <summary>
/// As <see cref="VmFactAttribute"/>, for a theory: a test that changes the machine it runs on, so it runs in the virtual machine and nowhere else.
/// May skip itself too (<see cref="Skip"/>), as any <see cref="SkippableTheoryAttribute"/>.
/// </summary>
public sealed class VmTheoryAttribute : SkippableTheoryAttribute
{
    public VmTheoryAttribute() => Skip = TestVm.SkipReason!;
}
