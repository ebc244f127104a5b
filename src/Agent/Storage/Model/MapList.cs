namespace NodeAgent.Storage.Model;

/// <summary>Finds a map of a reading, whose maps stand by name.</summary>
internal static class MapList
{
    public static MultipathMap? Find(IReadOnlyList<MultipathMap> maps, string name)
    {
        var (low, high) = (0, maps.Count - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var order = string.CompareOrdinal(maps[middle].Name, name);
            if (order == 0) return maps[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }
}
