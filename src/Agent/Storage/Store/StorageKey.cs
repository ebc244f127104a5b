using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Store;

/// <summary>
/// Keys of what changed. A map is known by the volume's identity, since names are handed out anew at each boot; its key has its name too,
/// since a state finds it by that. Maps and initiators may be called alike.
/// </summary>
public static class StorageKey
{
    private const char MapMark = 'm';
    private const char InitiatorMark = 'i';
    private const char Divider = '\n';

    /// <summary>What a map is known by: its WWID, or its name where it has none.</summary>
    public static string IdentityOf(MultipathMap map) => map.Wwid.Length > 0 ? map.Wwid : map.Name;

    public static string OfMap(MultipathMap map) => $"{MapMark}{map.Name}{Divider}{IdentityOf(map)}";

    public static string OfInitiator(string name) => InitiatorMark + name;

    /// <summary>True for a map, whose name and identity come back; else it is the initiator of the name.</summary>
    public static bool IsMap(string key, out string name, out string identity)
    {
        var divider = key.IndexOf(Divider, StringComparison.Ordinal);
        var isMap = key[0] == MapMark && divider > 0;
        (name, identity) = isMap ? (key[1..divider], key[(divider + 1)..]) : (key[1..], "");
        return isMap;
    }
}
