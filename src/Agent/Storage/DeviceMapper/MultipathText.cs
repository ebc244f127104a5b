using System.Text;

namespace NodeAgent.Storage.DeviceMapper;

/// <summary>
/// What the multipath target says of itself: its status and its table (multipath_status in drivers/md/dm-mpath.c). Every list in it is
/// preceded by its length, so what a later kernel or another path selector adds is passed over.
/// </summary>
internal static class MultipathText
{
    private const string NoFeature = "a feature";
    private const string NoArgument = "an argument";

    /// <summary>The groups and their paths, from the status: "2 0 1 0 2 1 A 0 1 2 8:0 A 0 4096 1 E 0 1 2 8:16 F 1 0 1".</summary>
    public static string? ReadStatus(ReadOnlySpan<byte> text, out IReadOnlyList<DmGroup> groups)
    {
        var words = new Words(text);
        words.Skip(words.Count("the number of features"), NoFeature);
        words.Skip(words.Count("the number of handler arguments"), NoArgument);
        var count = words.Count("the number of groups");
        words.Number("the next group");
        var found = new List<DmGroup>();
        for (var i = 0; i < count && words.Problem is null; i++)
        {
            var state = State(ref words);
            words.Skip(words.Count("the number of selector arguments"), NoArgument);
            var paths = Paths(ref words);
            if (words.Problem is null) found.Add(new DmGroup(state, "", paths));
        }

        groups = found;
        return words.Problem;
    }

    /// <summary>What only the table says: "1 queue_if_no_path 1 alua 2 1 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:16 1 1".</summary>
    public static string? ReadTable(ReadOnlySpan<byte> text, out bool queuesIfNoPath, out string handler, out IReadOnlyList<string> selectors)
    {
        var words = new Words(text);
        queuesIfNoPath = false;
        for (var left = words.Count("the number of features"); left > 0 && words.Problem is null; left--)
            queuesIfNoPath |= words.Next(NoFeature).SequenceEqual("queue_if_no_path"u8);
        var handlerWords = words.Count("the number of handler arguments");
        handler = handlerWords > 0 ? Encoding.UTF8.GetString(words.Next("the hardware handler")) : "";
        words.Skip(handlerWords - 1, NoArgument);
        var groups = words.Count("the number of groups");
        words.Number("the next group");
        var found = new List<string>();
        for (var i = 0; i < groups && words.Problem is null; i++)
        {
            found.Add(Selector(words.Next("a path selector")));
            words.Skip(words.Count("the number of selector arguments"), NoArgument);
            var paths = words.Count("the number of paths");
            var arguments = words.Count("the number of path arguments");
            for (var p = 0; p < paths && words.Problem is null; p++)
            {
                words.Device("a path's device number");
                words.Skip(arguments, NoArgument);
            }
        }

        selectors = found;
        return words.Problem;
    }

    private static IReadOnlyList<DmPath> Paths(ref Words words)
    {
        var count = words.Count("the number of paths");
        var arguments = words.Count("the number of path arguments");
        var paths = new List<DmPath>();
        for (var i = 0; i < count && words.Problem is null; i++)
        {
            var number = words.Device("a path's device number");
            var state = words.Next("a path's state");
            var active = state.SequenceEqual("A"u8);
            if (words.Problem is null && !active && !state.SequenceEqual("F"u8)) words.Wrong("a path's state", state);
            var failures = words.Number("a path's fail count");
            words.Skip(arguments, NoArgument);
            if (words.Problem is null) paths.Add(new DmPath(number, active, failures));
        }

        return paths;
    }

    private static string State(ref Words words)
    {
        const string what = "a group's state";
        var word = words.Next(what);
        if (word.SequenceEqual("A"u8)) return "active";
        if (word.SequenceEqual("E"u8)) return "enabled";
        if (word.SequenceEqual("D"u8)) return "disabled";
        words.Wrong(what, word);
        return "";
    }

    private static string Selector(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("service-time"u8) => "service-time",
        _ when name.SequenceEqual("queue-length"u8) => "queue-length",
        _ when name.SequenceEqual("round-robin"u8) => "round-robin",
        _ => Encoding.UTF8.GetString(name),
    };
}
