using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>Labels made from facts, made anew only where the facts are others.</summary>
internal struct Cached<TFacts>
    where TFacts : struct, ILabelFacts, IEquatable<TFacts>
{
    private TFacts _facts;
    private LabelSet? _labels;

    public LabelSet For(in TFacts facts)
    {
        if (_labels is not null && _facts.Equals(facts)) return _labels;
        _facts = facts;
        return _labels = facts.ToLabels();
    }
}
