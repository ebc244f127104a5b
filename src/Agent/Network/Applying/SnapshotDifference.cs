using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Applying;

/// <summary>What differs between two states on the links a document names: the last look after a rollback.</summary>
internal static class SnapshotDifference
{
    public static IReadOnlyList<string> Describe(NetworkSnapshot before, NetworkSnapshot after, DesiredState scope)
    {
        var found = new List<string>();
        foreach (var name in scope.Interfaces.Select(i => i.Name).Distinct())
        {
            switch (before.Find(name), after.Find(name))
            {
                case (null, null):
                    break;
                case (null, not null):
                    found.Add($"{name}: was not there before and could not be removed");
                    break;
                case (not null, null):
                    found.Add($"{name}: was there before and could not be brought back");
                    break;
                case var (was, now):
                    Describe(was!, now!, found);
                    break;
            }
        }

        return found;
    }

    private static void Describe(LinkState was, LinkState now, List<string> found)
    {
        Compare("state", was.Up ? "up" : "down", now.Up ? "up" : "down");
        Compare("controller", was.Controller ?? "none", now.Controller ?? "none");
        foreach (var entry in was.Fields)
        {
            // A bridge or bond without a MAC of its own borrows one from its ports: which one is the kernel's affair.
            if (entry.Field == CommonFields.MacAddress && LinkSchema.HasPorts(was.Type)) continue;
            if (now.Fields[entry.Field] is { } value) Compare(entry.Field.Path, entry.Text, entry.Field.Format(value));
        }

        Compare("VLANs", was.Vlans?.ToString() ?? "none", now.Vlans?.ToString() ?? "none");
        foreach (var address in was.Addresses.Where(a => a.IsStatic && now.Addresses.All(n => n.Cidr != a.Cidr)))
        {
            found.Add($"{was.Name}: address {address.Cidr} is gone");
        }

        void Compare(string field, string former, string present)
        {
            if (former != present) found.Add($"{was.Name}: {field} was {former} and is {present}");
        }
    }
}
