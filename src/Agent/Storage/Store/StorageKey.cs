namespace NodeAgent.Storage.Store;

/// <summary>Keys of what changed: maps and initiators have names of their own, which may be alike.</summary>
public static class StorageKey
{
    private const char MapMark = 'm';
    private const char InitiatorMark = 'i';

    public static string OfMap(string name) => MapMark + name;

    public static string OfInitiator(string name) => InitiatorMark + name;

    public static bool IsMap(string key) => key[0] == MapMark;

    public static string NameOf(string key) => key[1..];
}
