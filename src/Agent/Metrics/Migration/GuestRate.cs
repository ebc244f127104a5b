using NodeAgent.Metrics.Instruments;
using NodeAgent.Migration.Model;

namespace NodeAgent.Metrics.Migration;

/// <summary>A guest whose dirty rate was measured.</summary>
internal readonly record struct GuestRate(LabelSet Labels, DirtyRate Rate);
