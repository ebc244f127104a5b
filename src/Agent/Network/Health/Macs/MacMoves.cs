namespace NodeAgent.Network.Health;

/// <summary>An address that moved of late.</summary>
/// <param name="Key">The address and where it was learned.</param>
/// <param name="Ports">The ports it moved between within <see cref="MacTable.Window"/>, by ifindex.</param>
/// <param name="LastMinute">Moves within a minute, at most <see cref="MoveHistory.Kept"/>.</param>
/// <param name="Returns">Moves within <see cref="MacTable.Window"/> that went back to where the one before had come from.</param>
internal readonly record struct MacMoves(MacKey Key, IReadOnlyList<int> Ports, int LastMinute, int Returns);
