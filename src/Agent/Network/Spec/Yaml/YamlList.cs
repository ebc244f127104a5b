using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Yaml;

/// <summary>A sequence.</summary>
internal sealed class YamlList(SourceMark mark) : YamlNode(mark)
{
    private readonly List<YamlNode> _items = [];

    public IReadOnlyList<YamlNode> Items => _items;

    public override string Found => "a list";

    public void Add(YamlNode item)
    {
        _items.Add(item);
        Count(item);
    }
}
