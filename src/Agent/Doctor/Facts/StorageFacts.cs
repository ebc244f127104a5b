using NodeAgent.Storage.Model;

namespace NodeAgent.Doctor.Facts;

/// <param name="Reading">Maps, multipathd and adapters.</param>
/// <param name="Configuration">/etc/multipath.conf with its conf.d; absent: there is none.</param>
internal sealed record StorageFacts(StorageReading Reading, Known<MultipathConfiguration> Configuration);
