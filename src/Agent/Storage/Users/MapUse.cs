using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Users;

/// <summary>Who uses a map.</summary>
/// <param name="Users">By kind and name, each once.</param>
/// <param name="IsRoot">The root file system is on it.</param>
/// <param name="IsBoot">/boot or the EFI system partition is on it.</param>
internal sealed record MapUse(IReadOnlyList<MapUser> Users, bool IsRoot, bool IsBoot)
{
    public static readonly MapUse None = new([], false, false);
}
