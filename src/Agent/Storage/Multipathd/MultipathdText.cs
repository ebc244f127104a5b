using System.Globalization;
using System.Text;
using System.Text.Json;
using NodeAgent.Files;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Multipathd;

/// <summary>
/// Multipathd's replies. Its JSON (libmultipath/print.c, version 0.1) is put together by hand: every field may be missing, and
/// fields of later versions are passed over.
/// </summary>
internal static class MultipathdText
{
    /// <summary>Of "show paths raw": the WWID comes last, for anything may be in it.</summary>
    public const string PathFormat = "%d|%D|%t|%T|%o|%p|%m|%w";

    private const int PathFields = 8;
    private const string Unknown = "[undef]";
    private const string Orphan = "[orphan]";

    /// <summary>The maps of "show maps json", or the one of "show map NAME json".</summary>
    /// <exception cref="MultipathdException">It is no such reply.</exception>
    public static List<MultipathdMap> Maps(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var maps = new List<MultipathdMap>();
            if (root.ValueKind != JsonValueKind.Object) throw Unreadable(json.Span, $"it is {root.ValueKind}");
            if (root.TryGetProperty("map", out var one)) Add(maps, one);
            else if (root.TryGetProperty("maps", out var all)) Each(all, map => Add(maps, map));
            else throw Unreadable(json.Span, "it has no \"maps\"");
            return maps;
        }
        catch (JsonException e)
        {
            throw Unreadable(json.Span, $"at line {e.LineNumber + 1}");
        }
        catch (InvalidOperationException)
        {
            // A string with half a character, which JsonDocument finds only when it is asked for.
            throw Unreadable(json.Span, "a string in it is not UTF-8");
        }
    }

    /// <summary>The paths of "show paths raw format" that belong to no map, by WWID. Lines that are none are passed over.</summary>
    public static Dictionary<string, IReadOnlyList<MultipathdPath>> Orphans(ReadOnlySpan<byte> reply)
    {
        var found = new Dictionary<string, IReadOnlyList<MultipathdPath>>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(reply).Split('\n'))
        {
            var fields = line.Split('|', PathFields);
            if (fields.Length < PathFields || fields[6].Trim() != Orphan || fields[7].Trim() is not { Length: > 0 } wwid) continue;
            var path = new MultipathdPath
            {
                Device = fields[0].Trim(),
                Number = Number(fields[1].Trim()),
                CheckerState = Known(fields[3].Trim()),
                DeviceState = Known(fields[4].Trim()),
                Priority = int.TryParse(fields[5].Trim(), CultureInfo.InvariantCulture, out var priority) ? priority : null,
            };
            if (found.TryGetValue(wwid, out var others)) ((List<MultipathdPath>)others).Add(path);
            else found[wwid] = new List<MultipathdPath> { path };
        }

        return found;
    }

    private static void Add(List<MultipathdMap> maps, JsonElement map)
    {
        if (Text(map, "name") is not { Length: > 0 } name) return;
        var groups = new List<MultipathdGroup>();
        if (Property(map, "path_groups") is { } all) Each(all, group => groups.Add(Group(group)));
        var product = $"{Text(map, "vend")?.Trim()} {Text(map, "prod")?.Trim()}".Trim();
        maps.Add(new MultipathdMap
        {
            Name = name,
            Wwid = Text(map, "uuid") ?? "",
            Device = Text(map, "sysfs") ?? "",
            Product = product.Length > 0 ? product : null,
            QueuesIfNoPath = Text(map, "features")?.Contains("queue_if_no_path", StringComparison.Ordinal) ?? false,
            IsSuspended = Text(map, "dm_st") == "suspend",
            Groups = groups,
        });
    }

    private static MultipathdGroup Group(JsonElement group)
    {
        var paths = new List<MultipathdPath>();
        if (Property(group, "paths") is { } all)
        {
            Each(all, path =>
            {
                if (Path(path) is { } found) paths.Add(found);
            });
        }

        return new MultipathdGroup(Text(group, "dm_st") ?? "", Integer(group, "pri"), paths);
    }

    private static MultipathdPath? Path(JsonElement path) => Text(path, "dev") is not { Length: > 0 } device ? null : new MultipathdPath
    {
        Device = device,
        Number = Number(Text(path, "dev_t") ?? ""),
        DmActive = Text(path, "dm_st") switch { "active" => true, "failed" => false, _ => null },
        DeviceState = Known(Text(path, "dev_st")),
        CheckerState = Known(Text(path, "chk_st")),
        Priority = Integer(path, "pri"),
        HostWwpn = Known(Text(path, "host_wwpn")),
        TargetWwpn = Known(Text(path, "target_wwpn")),
    };

    private static void Each(JsonElement array, Action<JsonElement> use)
    {
        if (array.ValueKind != JsonValueKind.Array) return;
        foreach (var element in array.EnumerateArray()) use(element);
    }

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static int? Integer(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    private static string? Known(string? text) => text is null or "" or Unknown or "unknown" or "-" ? null : text;

    private static DeviceNumber? Number(string text) =>
        text.Split(':') is [var major, var minor] && uint.TryParse(major, CultureInfo.InvariantCulture, out var a) && uint.TryParse(minor, CultureInfo.InvariantCulture, out var b) ? new DeviceNumber(a, b) : null;

    private static MultipathdException Unreadable(ReadOnlySpan<byte> reply, string why) =>
        new($"multipathd's reply cannot be read ({why}): \"{HostText.Shorten(Encoding.UTF8.GetString(reply[..Math.Min(reply.Length, 200)]))}\"; compare multipathd show maps json");
}
