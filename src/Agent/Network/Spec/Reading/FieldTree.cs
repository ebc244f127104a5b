using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>The schema's field paths as the nested maps a document writes them in.</summary>
internal sealed class FieldTree
{
    private static readonly FieldTree?[] s_byType = new FieldTree?[(int)InterfaceType.Vxlan + 1];
    private static FieldTree? s_all;

    private readonly Dictionary<string, FieldTree> _children = new(StringComparer.Ordinal);

    /// <summary>The field that stands here; null for a map of fields.</summary>
    public Field? Field { get; private set; }

    public IReadOnlyList<string> Keys => [.. _children.Keys];

    public FieldTree? this[string key] => _children.GetValueOrDefault(key);

    /// <summary>The fields of a type, or (null) of every type, for an interface whose type is left to what exists.</summary>
    public static FieldTree Of(InterfaceType? type)
    {
        if (type is null) return s_all ??= Build(Enum.GetValues<InterfaceType>().SelectMany(LinkSchema.Own));
        return s_byType[(int)type] ??= Build(LinkSchema.Own(type.Value));
    }

    private static FieldTree Build(IEnumerable<Field> fields)
    {
        var root = new FieldTree();
        foreach (var field in LinkSchema.Common.Concat(fields))
        {
            var node = root;
            foreach (var part in field.Path.Split('.'))
            {
                if (!node._children.TryGetValue(part, out var child)) node._children[part] = child = new FieldTree();
                node = child;
            }

            node.Field = field;
        }

        return root;
    }
}
