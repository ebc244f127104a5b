using NodeAgent.Api.Watching;

namespace NodeAgent.Api.V1;

/// <content>May be shared between streams.</content>
public sealed partial class WatchMigrationsResponse : ISharedMessage
{
    /// <inheritdoc/>
    public byte[]? Encoded { get; set; }
}
