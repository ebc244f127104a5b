using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Merging;

/// <summary>Joins two sets of fields.</summary>
internal static class FieldsMerge
{
    public static FieldSet Merge(FieldSet first, FieldSet second, string path, string? firstPolicy, string? secondPolicy, Conflicts conflicts)
    {
        if (second.Count == 0) return first;
        var merged = first.Clone();
        foreach (var entry in second)
        {
            if (first[entry.Field] is not { } value) merged.Set(entry.Field, entry.Value, entry.Mark);
            else if (value != entry.Value) conflicts.Add($"{path}.{entry.Field.Path}", first.MarkOf(entry.Field), firstPolicy, entry.Field.Format(value), entry.Mark, secondPolicy, entry.Text);
        }

        return merged;
    }
}
