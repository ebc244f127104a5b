using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>What the labels of an info series say.</summary>
internal interface ILabelFacts
{
    LabelSet ToLabels();
}
