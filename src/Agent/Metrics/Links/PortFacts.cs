using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>A port and what it is a port of.</summary>
/// <param name="Name">"bridge" or "bond": the label's name.</param>
/// <param name="Controller">The bridge or bond.</param>
/// <param name="Link">The port.</param>
internal readonly record struct PortFacts(string Name, string Controller, string Link) : ILabelFacts
{
    public LabelSet ToLabels() => new((Name, Controller), ("link", Link));
}
