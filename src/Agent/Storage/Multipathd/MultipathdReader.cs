using System.Collections.Frozen;

namespace NodeAgent.Storage.Multipathd;

/// <summary>Asks multipathd for its maps, and keeps the answer. It may take as long as it is allowed to, so it has a thread of its own. For that thread alone.</summary>
/// <param name="sockets">Where multipathd may listen, the first that does is asked.</param>
/// <param name="limit">For one question and its answer.</param>
/// <param name="proc">/proc</param>
internal sealed class MultipathdReader(IReadOnlyList<string> sockets, TimeSpan limit, string proc)
{
    private MultipathdReading _last = new() { Problem = "multipathd has not been asked yet" };

    /// <summary>All maps, and the paths that are in none.</summary>
    public MultipathdReading ReadAll() => Read(socket =>
    {
        var byName = MultipathdReading.NoMaps.ToBuilder();
        foreach (var map in MultipathdText.Maps(socket.Ask("show maps json"))) byName[map.Name] = map;
        return new MultipathdReading { Maps = byName.ToImmutable(), Orphans = Orphans(socket) };
    });

    /// <summary>Some maps, where all are known already; else all of them.</summary>
    public MultipathdReading Read(IReadOnlyCollection<string> names)
    {
        if (_last.Problem is not null || names.Count > _last.Maps.Count / 4) return ReadAll();
        return Read(socket =>
        {
            var (maps, asked) = (_last.Maps, new HashSet<string>(names, StringComparer.Ordinal));
            foreach (var name in names)
            {
                // It reads a command by white space and quotes.
                if (name.AsSpan().IndexOfAny(" \t\"'") >= 0) continue;
                var reply = socket.Ask($"show map {name} json");
                if (reply.AsSpan().StartsWith("fail"u8)) maps = maps.Remove(name);
                else
                {
                    foreach (var map in MultipathdText.Maps(reply))
                    {
                        maps = maps.SetItem(map.Name, map);
                        asked.Add(map.Name);
                    }
                }
            }

            return _last with { Maps = maps, Asked = asked };
        });
    }

    private MultipathdReading Read(Func<MultipathdSocket, MultipathdReading> read)
    {
        MultipathdException? first = null;
        foreach (var name in sockets)
        {
            try
            {
                using var socket = MultipathdSocket.Connect(name, limit);
                return _last = read(socket);
            }
            catch (MultipathdException e)
            {
                first ??= e;
                if (!e.IsAbsent) return _last = new MultipathdReading { Problem = e.Message };
            }
        }

        return _last = new MultipathdReading { Problem = first!.Message + Elsewhere(), IsAbsent = true };
    }

    /// <summary>Names of the abstract namespace belong to a network namespace.</summary>
    private string Elsewhere()
    {
        try
        {
            var own = new FileInfo($"{proc}/thread-self/ns/net").LinkTarget;
            var host = new FileInfo($"{proc}/1/ns/net").LinkTarget;
            return own is null || host is null || own == host ? "" : " (this process is in another network namespace than the host's: one that runs there is out of its reach)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>What only rounds the picture off is left out where it is not answered.</summary>
    private static IReadOnlyDictionary<string, IReadOnlyList<MultipathdPath>> Orphans(MultipathdSocket socket)
    {
        try
        {
            return MultipathdText.Orphans(socket.Ask($"show paths raw format \"{MultipathdText.PathFormat}\""));
        }
        catch (MultipathdException)
        {
            return FrozenDictionary<string, IReadOnlyList<MultipathdPath>>.Empty;
        }
    }
}
