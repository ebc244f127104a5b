using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Reading;

namespace NodeAgent.Tests.Unit.Kvm;

/// <summary>A /dev/kvm that is as a test says; the real one is in tests/Kernel and tests/Vm.</summary>
internal sealed class FixedDevice(KvmDevice device) : IDeviceReader
{
    public KvmDevice Read(UnreadFiles files) => device;
}
