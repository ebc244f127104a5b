namespace NodeAgent.Native.Linux;

/// <summary>Why a wait ended.</summary>
public enum WaitStatus
{
    Ready,
    TimedOut,

    /// <summary><see cref="Waiter.Stop"/> was called.</summary>
    Stopped,

    /// <summary><see cref="Waiter.Wake"/> was called.</summary>
    Woken,
}
