using NodeAgent.Network.Health;
using NodeAgent.Network.Model;

namespace NodeAgent.Network;

/// <summary>What an engine is told at its start.</summary>
public sealed record EngineOptions
{
    public HostPaths Paths { get; init; } = HostPaths.Default;

    /// <summary>Addresses of the control plane, with or without a port: their routes are protected, and with a port they are probed. Asked anew for each plan.</summary>
    public Func<IReadOnlyList<string>> ControlPlane { get; init; } = static () => [];

    /// <summary>The probes of policies that name none; null: the default gateway, and the control plane where it has a port.</summary>
    public Func<IReadOnlyList<ProbeSpec>?> Probes { get; init; } = static () => null;

    /// <summary>The value of SSH_CONNECTION of whoever asks.</summary>
    public string? SshConnection { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What is known beside the kernel's messages, where somebody keeps it up to date; null: the engine reads what it can when its state is asked for.</summary>
    public HealthFacts? Health { get; init; }

    /// <summary>Where addresses at random come from.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>How long to wait for a transaction of another process to end.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many steps go to the kernel in one batch; 1 in tests that stop after each.</summary>
    public int StepsAtOnce { get; init; } = int.MaxValue;
}
