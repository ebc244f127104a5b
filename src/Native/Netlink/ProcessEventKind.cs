namespace NodeAgent.Native.Netlink;

/// <summary>PROC_EVENT_… of linux/cn_proc.h, as far as they are listened to.</summary>
public enum ProcessEventKind : uint
{
    /// <summary>The answer to who began or ceased to listen.</summary>
    None = 0,

    /// <summary>A process runs another program from here on.</summary>
    Exec = 2,

    /// <summary>The first thread of a process has ended.</summary>
    Exit = 0x8000_0000,
}
