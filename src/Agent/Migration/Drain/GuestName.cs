using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Drain;

/// <summary>What people call a guest. It may hold anything: escaped where it is shown.</summary>
public static class GuestName
{
    /// <summary>"namespace/name", or the domain's name, or its UUID, or its process.</summary>
    public static string Of(Guest guest) =>
        guest is { Namespace: { } space, Name: { } name } ? $"{space}/{name}"
        : guest.Domain.Length > 0 ? guest.Domain
        : guest.Uuid.Length > 0 ? guest.Uuid
        : $"process {guest.Process.Pid}";
}
