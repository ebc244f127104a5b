namespace NodeAgent.Migration.Model;

/// <summary>One process of QEMU, for as long as the node runs: a pid is used again, a pid with its start is not.</summary>
/// <param name="Pid">In the agent's PID namespace.</param>
/// <param name="StartTicks">Its start since boot in clock ticks: field 22 of /proc/PID/stat.</param>
public readonly record struct GuestProcess(int Pid, ulong StartTicks);
