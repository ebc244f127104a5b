using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Users;

/// <summary>The order in which users are shown.</summary>
internal sealed class ByKindAndName : IComparer<MapUser>
{
    public static readonly ByKindAndName Instance = new();

    public int Compare(MapUser? x, MapUser? y) => x!.Kind != y!.Kind ? x.Kind.CompareTo(y.Kind) : string.CompareOrdinal(x.Name, y.Name);
}
