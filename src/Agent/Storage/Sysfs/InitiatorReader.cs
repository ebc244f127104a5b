using System.Collections.Immutable;
using NodeAgent.Files;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Sysfs;

/// <summary>Reads the adapters and sessions that paths run over. A driver may hang in an attribute (an FC host's counters ask its firmware), so it has a thread of its own.</summary>
internal sealed class InitiatorReader(HostPaths paths)
{
    private ImmutableArray<StorageInitiator> _last = [];

    /// <summary>By name; what did not change is the same object as before, and so is the whole.</summary>
    public ImmutableArray<StorageInitiator> Read()
    {
        var found = new List<StorageInitiator>();
        FibreChannelReader.Read(paths, found);
        IscsiReader.Read(paths, found);
        NvmeReader.Read(paths, found);
        foreach (var host in HostFile.List($"{paths.Sys}/class/sas_host", out _)) found.Add(Sas(host));
        found.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var former in _last)
            {
                if (former.Name == found[i].Name && Same(former, found[i])) found[i] = former;
            }
        }

        if (found.Count == _last.Length && found.Zip(_last, ReferenceEquals).All(static same => same)) return _last;
        return _last = [.. found];
    }

    private StorageInitiator Sas(string host)
    {
        var errors = new List<string>();
        var state = new Attributes($"{paths.Sys}/class/scsi_host/{host}", errors).Text("state");
        return new StorageInitiator { Name = host, Transport = StorageTransport.Sas, State = state, Errors = errors };
    }

    private static bool Same(StorageInitiator a, StorageInitiator b)
    {
        if (a.Transport != b.Transport || a.State != b.State || a.Speed != b.Speed || a.LocalName != b.LocalName || a.Fabric != b.Fabric) return false;
        if (!a.Remotes.SequenceEqual(b.Remotes) || !a.Errors.SequenceEqual(b.Errors) || a.Counters.Count != b.Counters.Count) return false;
        foreach (var (name, value) in a.Counters)
        {
            if (!b.Counters.TryGetValue(name, out var other) || other != value) return false;
        }

        return true;
    }
}
