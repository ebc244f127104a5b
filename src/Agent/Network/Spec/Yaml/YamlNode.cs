using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Yaml;

/// <summary>A node of a YAML document with its place. An alias is the same object as its anchor.</summary>
internal abstract class YamlNode(SourceMark mark)
{
    public SourceMark Mark { get; } = mark;

    /// <summary>Nodes below and including this one, with aliases counted as often as they are written.</summary>
    public int Size { get; protected set; } = 1;

    /// <summary>Levels below and including this one.</summary>
    public int Height { get; protected set; } = 1;

    /// <summary>What it is, for "found ..." in an error.</summary>
    public abstract string Found { get; }

    protected void Count(YamlNode child)
    {
        Size += child.Size;
        Height = Math.Max(Height, child.Height + 1);
    }
}
