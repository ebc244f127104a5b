using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Guests.Reading;

/// <summary>What came of reading one process of QEMU.</summary>
/// <param name="Guest">With what could be read.</param>
internal readonly record struct GuestReading(Guest Guest)
{
    /// <summary>There was no command line: the process is at its very beginning or its very end.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>It goes on as another process, and this one ends.</summary>
    public bool Daemonizes { get; init; }

    /// <summary>Of the command line: two that differ have another, for all that matters.</summary>
    public int Fingerprint { get; init; }

    /// <summary>What could not be read, and why; null where nothing is missing.</summary>
    public string? Error { get; init; }
}
