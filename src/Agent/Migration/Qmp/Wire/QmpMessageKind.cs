namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>What QEMU says on a monitor.</summary>
internal enum QmpMessageKind
{
    /// <summary>None of these: passed over.</summary>
    Other,

    /// <summary>The first message of a connection, with QEMU's version.</summary>
    Greeting,

    /// <summary>What a command returned.</summary>
    Return,

    /// <summary>Why a command was refused.</summary>
    Error,

    Event,
}
