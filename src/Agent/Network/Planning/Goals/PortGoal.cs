using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>A port that the list of a bridge or bond names.</summary>
internal readonly record struct PortGoal(LinkGoal Controller, PortSpec Spec);
