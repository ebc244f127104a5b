using System.Collections;
using System.Reflection;

namespace NodeAgent.Tests.Support.Netlink;

/// <summary>Compares two models property by property, however deep, and says where they differ.</summary>
public static class ModelComparer
{
    /// <summary>Null if they are the same, else "Data.Mode: Ieee8023ad, but null".</summary>
    public static string? Difference(object? expected, object? actual, string path = "")
    {
        if (expected is null || actual is null)
            return expected is null && actual is null ? null : Say(path, expected, actual);
        if (expected.GetType() != actual.GetType())
            return Say(path, expected.GetType().Name, actual.GetType().Name);
        if (expected is string || expected.GetType().IsValueType)
            return expected.Equals(actual) ? null : Say(path, expected, actual);
        if (expected is IList list)
            return ListDifference(list, (IList)actual, path);

        foreach (var property in expected.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanWrite && Difference(property.GetValue(expected), property.GetValue(actual), $"{path}.{property.Name}") is { } difference)
                return difference;
        }

        return null;
    }

    private static string? ListDifference(IList expected, IList actual, string path)
    {
        if (expected.Count != actual.Count)
            return Say(path + ".Count", expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            if (Difference(expected[i], actual[i], $"{path}[{i}]") is { } difference)
                return difference;
        }

        return null;
    }

    private static string Say(string path, object? expected, object? actual) =>
        $"{path.TrimStart('.')}: expected {expected ?? "null"}, but found {actual ?? "null"}";
}
