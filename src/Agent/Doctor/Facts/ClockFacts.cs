namespace NodeAgent.Doctor.Facts;

/// <param name="Clock">What the kernel says of its clock.</param>
/// <param name="Daemons">Processes that could set it: "chronyd".</param>
/// <param name="Source">/sys/devices/system/clocksource: "tsc"</param>
/// <param name="Sources">Those it could use.</param>
internal sealed record ClockFacts(Known<ClockState> Clock, IReadOnlyList<string> Daemons, Known<string> Source, string Sources);
