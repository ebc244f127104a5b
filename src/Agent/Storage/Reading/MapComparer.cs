using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Reading;

/// <summary>Whether two readings of a map say the same.</summary>
internal static class MapComparer
{
    public static bool Same(MultipathMap a, MultipathMap b)
    {
        if (a.Name != b.Name || a.Wwid != b.Wwid || a.Device != b.Device || a.Number != b.Number || a.SizeBytes != b.SizeBytes
            || a.Product != b.Product || a.QueuesIfNoPath != b.QueuesIfNoPath || a.IsSuspended != b.IsSuspended
            || a.IsRoot != b.IsRoot || a.IsBoot != b.IsBoot || a.Error != b.Error) return false;
        if (a.Groups.Count != b.Groups.Count || a.Users.Count != b.Users.Count) return false;
        for (var i = 0; i < a.Users.Count; i++)
        {
            if (a.Users[i] != b.Users[i]) return false;
        }

        for (var i = 0; i < a.Groups.Count; i++)
        {
            if (!Same(a.Groups[i], b.Groups[i])) return false;
        }

        return true;
    }

    private static bool Same(PathGroup a, PathGroup b)
    {
        if (a.Number != b.Number || a.State != b.State || a.Priority != b.Priority || a.Paths.Count != b.Paths.Count) return false;
        for (var i = 0; i < a.Paths.Count; i++)
        {
            if (!a.Paths[i].Equals(b.Paths[i])) return false;
        }

        return true;
    }
}
