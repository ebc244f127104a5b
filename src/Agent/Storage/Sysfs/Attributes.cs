using System.Collections.Frozen;
using NodeAgent.Files;

namespace NodeAgent.Storage.Sysfs;

/// <summary>The attributes of one object of sysfs. Each is optional; what cannot be read is kept as an error and is null.</summary>
internal sealed class Attributes(string folder, List<string> errors)
{
    public string Folder { get; } = folder;

    /// <summary>Null where it is absent, empty, or could not be read.</summary>
    public string? Text(string name)
    {
        var reading = HostFile.Read($"{Folder}/{name}");
        if (reading.IsFailed) errors.Add(reading.Error);
        return reading.Text is { Length: > 0 } text ? text : null;
    }

    /// <summary>Null also where the kernel says "off", -1 or "infinity".</summary>
    public long? Seconds(string name) => Text(name) is { } text && HostText.TryNumber(text, out var seconds) && seconds >= 0 ? seconds : null;

    /// <summary>Counters by name; what the driver does not count (all bits set) is left out.</summary>
    public FrozenDictionary<string, ulong> Counters(string subfolder, FrozenSet<string> wanted)
    {
        var found = new Dictionary<string, ulong>(StringComparer.Ordinal);
        var names = HostFile.List($"{Folder}/{subfolder}", out var error);
        if (error is not null) errors.Add(error);
        foreach (var name in names)
        {
            if (!wanted.Contains(name)) continue;
            var reading = HostFile.ReadNumber($"{Folder}/{subfolder}/{name}", out var value);
            if (reading.IsFailed) errors.Add(reading.Error);
            else if (reading.IsFound && value != -1) found[name] = (ulong)value;
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
