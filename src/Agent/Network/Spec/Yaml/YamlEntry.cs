using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Yaml;

/// <summary>A key of a map with its place, and its value.</summary>
internal readonly record struct YamlEntry(string Key, SourceMark Mark, YamlNode Value);
