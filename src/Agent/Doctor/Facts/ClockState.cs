namespace NodeAgent.Doctor.Facts;

/// <summary>The kernel's own view of its clock, adjtimex(2).</summary>
/// <param name="Synchronized">Somebody sets it by a reference (STA_UNSYNC is not set).</param>
/// <param name="MaxError">The most it may be off, as the kernel reckons; grows by 0.5 ms each second that nobody corrects it.</param>
internal sealed record ClockState(bool Synchronized, TimeSpan MaxError);
