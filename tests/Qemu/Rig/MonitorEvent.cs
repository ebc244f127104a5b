using System.Text.Json.Nodes;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>An event of QEMU.</summary>
/// <param name="Name">STOP, MIGRATION and so on.</param>
/// <param name="At">When it came, on the clock of samples.</param>
/// <param name="Data">Null where it has none.</param>
public sealed record MonitorEvent(string Name, TimeSpan At, JsonObject? Data);
