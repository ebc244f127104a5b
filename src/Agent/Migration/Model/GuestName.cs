namespace NodeAgent.Migration.Model;

/// <summary>What people call a guest. It may hold anything: escaped where it is shown.</summary>
public static class GuestName
{
    /// <summary>"namespace/name", or the domain's name, or its UUID, or its process.</summary>
    public static string Of(Guest guest) => Of(guest.Namespace, guest.Name, guest.Domain, guest.Uuid) is { Length: > 0 } known ? known : $"process {guest.Process.Pid}";

    /// <summary>The same of a record; empty where it knows nothing of these.</summary>
    public static string Of(string? space, string? name, string domain, string uuid) =>
        space is not null && name is not null ? $"{space}/{name}" : domain.Length > 0 ? domain : uuid;
}
