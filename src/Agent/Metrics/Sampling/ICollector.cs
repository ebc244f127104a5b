namespace NodeAgent.Metrics.Sampling;

/// <summary>Reads a part of the node that takes I/O, on a thread of its own, so that what is stuck there holds up nothing else.</summary>
internal interface ICollector
{
    /// <summary>As the collector label has it: "links".</summary>
    string Name { get; }

    /// <summary>Reads and publishes. An exception is a failed run: what was published before stays until it is too old.</summary>
    void Collect();
}
