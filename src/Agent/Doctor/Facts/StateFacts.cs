namespace NodeAgent.Doctor.Facts;

/// <param name="Folder">The agent's, or where it will be made: the nearest folder above that exists.</param>
/// <param name="Free">Bytes that are free there for the agent.</param>
internal sealed record StateFacts(string Folder, Known<long> Free);
