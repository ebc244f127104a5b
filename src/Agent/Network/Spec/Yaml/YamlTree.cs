using NodeAgent.Network.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlParser = YamlDotNet.Core.Parser;

namespace NodeAgent.Network.Spec.Yaml;

/// <summary>
/// Builds the tree of one YAML document from YamlDotNet's events: no reflection, every node with its place.
/// A syntax error ends the reading (what follows it has no meaning); duplicate keys and the like are collected.
/// </summary>
internal sealed class YamlTree
{
    private readonly string _file;
    private readonly List<SpecError> _errors;
    private readonly Scanner _scanner;
    private readonly YamlParser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    private YamlTree(string file, string text, List<SpecError> errors)
    {
        _file = file;
        _errors = errors;
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new YamlParser(_scanner);
    }

    /// <summary>The root node; null where the text is empty or an error was added.</summary>
    public static YamlNode? Read(string file, string text, List<SpecError> errors)
    {
        if (TextCheck.Problem(file, text) is { } problem)
        {
            errors.Add(problem);
            return null;
        }

        var before = errors.Count;
        YamlNode? root = null;
        var tree = new YamlTree(file, TextCheck.WithoutMark(text), errors);
        try
        {
            root = tree.Stream();
        }
        catch (StopReading)
        {
        }
        catch (YamlException error)
        {
            errors.Add(new SpecError(MarkOf(file, error.Start), "", "this is not valid YAML: " + YamlMessage.Of(error)));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser's own slips on odd input (a plain scalar that starts with nothing): the document's fault all the same.
            errors.Add(new SpecError(tree.MarkOf(tree._scanner.CurrentPosition), "", "this is not valid YAML: nothing here makes sense to the parser; look at this line and the one before"));
        }

        return errors.Count == before ? root : null;
    }

    private YamlNode? Stream()
    {
        Next();
        YamlNode? root = null;
        while (_parser.MoveNext())
        {
            if (_parser.Current is not DocumentStart start) continue;
            Next();
            var node = Node(1);
            if (node is YamlScalar { IsNull: true }) continue;
            if (root is not null)
            {
                throw Stop(start.Start, "a second document starts here; one file holds one: put it in a file of its own");
            }

            root = node;
            _anchors.Clear();
        }

        return root;
    }

    private YamlNode Node(int depth)
    {
        var at = _parser.Current!;
        if (++_nodes > YamlLimits.MaxNodes) throw Stop(at.Start, $"the document has more than {YamlLimits.MaxNodes} values; split it");
        if (at is AnchorAlias alias) return Alias(alias, depth);
        if (depth > YamlLimits.MaxDepth) throw Stop(at.Start, $"maps and lists are nested more than {YamlLimits.MaxDepth} levels deep");
        if (at is NodeEvent { Tag: { IsEmpty: false } tag } && !IsCoreTag(tag)) throw Stop(at.Start, $"the tag {YamlScalar.Quote(tag.Value)} has no meaning here; remove it");
        YamlNode node = at switch
        {
            Scalar scalar => new YamlScalar(MarkOf(at.Start), scalar.Value, scalar.Style is ScalarStyle.Plain && scalar.Tag.IsEmpty),
            SequenceStart => List(depth),
            MappingStart => Map(depth),
            _ => throw Stop(at.Start, "a value was expected here"),
        };
        if (at is NodeEvent { Anchor: { IsEmpty: false } anchor }) _anchors[anchor.Value] = node;
        return node;
    }

    private YamlNode Alias(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
        {
            throw Stop(alias.Start, $"*{alias.Value.Value} refers to &{alias.Value.Value}, which does not stand before it");
        }

        _nodes += node.Size;
        if (_nodes > YamlLimits.MaxNodes) throw Stop(alias.Start, $"with its aliases in place the document has more than {YamlLimits.MaxNodes} values");
        if (depth + node.Height > YamlLimits.MaxDepth) throw Stop(alias.Start, $"with its aliases in place the document is nested more than {YamlLimits.MaxDepth} levels deep");
        return node;
    }

    private YamlList List(int depth)
    {
        var list = new YamlList(MarkOf(_parser.Current!.Start));
        for (Next(); _parser.Current is not SequenceEnd; Next()) list.Add(Node(depth + 1));
        return list;
    }

    private YamlMap Map(int depth)
    {
        var map = new YamlMap(MarkOf(_parser.Current!.Start));
        List<YamlEntry>? merges = null;
        for (Next(); _parser.Current is not MappingEnd; Next())
        {
            var keyNode = Node(depth + 1);
            Next();
            var value = Node(depth + 1);
            if (keyNode is not YamlScalar key)
            {
                _errors.Add(new SpecError(keyNode.Mark, "", $"a key must be a single word, found {keyNode.Found}"));
            }
            else if (key.Text == "<<")
            {
                (merges ??= []).Add(new YamlEntry("<<", key.Mark, value));
            }
            else if (map.Find(key.Text) is { } first)
            {
                _errors.Add(new SpecError(key.Mark, key.Text, $"is given twice, first at line {first.Mark.Line}; keep one"));
            }
            else
            {
                map.Add(new YamlEntry(key.Text, key.Mark, value));
            }
        }

        foreach (var merge in merges ?? []) Merge(map, merge.Value);
        return map;
    }

    /// <summary>YAML 1.1's merge key: the other map's entries, where this one has none of the name.</summary>
    private void Merge(YamlMap into, YamlNode from)
    {
        switch (from)
        {
            case YamlMap other:
                foreach (var entry in other.Entries)
                {
                    if (into.Find(entry.Key) is null) into.Add(entry);
                }

                break;
            case YamlList list when list.Items.All(i => i is YamlMap):
                foreach (var item in list.Items) Merge(into, item);
                break;
            default:
                _errors.Add(new SpecError(from.Mark, "", $"<< takes a map or a list of maps, found {from.Found}"));
                break;
        }
    }

    private void Next()
    {
        if (!_parser.MoveNext()) throw Stop(_parser.Current?.End ?? Mark.Empty, "the document ends in the middle");
    }

    private static bool IsCoreTag(TagName tag) =>
        tag.IsNonSpecific || tag.Value is "tag:yaml.org,2002:str" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:bool"
            or "tag:yaml.org,2002:null" or "tag:yaml.org,2002:map" or "tag:yaml.org,2002:seq";

    private SourceMark MarkOf(Mark mark) => MarkOf(_file, mark);

    private static SourceMark MarkOf(string file, Mark mark) => new(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private StopReading Stop(Mark at, string message)
    {
        _errors.Add(new SpecError(MarkOf(at), "", message));
        return new StopReading();
    }

    private sealed class StopReading : Exception;
}
