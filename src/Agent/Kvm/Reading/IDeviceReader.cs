using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>Looks at /dev/kvm and tries it out.</summary>
internal interface IDeviceReader
{
    /// <summary>Returns in bounded time and does not throw.</summary>
    KvmDevice Read(UnreadFiles files);
}
