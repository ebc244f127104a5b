namespace NodeAgent.Native.Netlink;

/// <summary>What happened to a device: enum kobject_action of linux/kobject.h.</summary>
public enum UeventAction
{
    /// <summary>A word of a later kernel.</summary>
    Other,
    Add,
    Remove,
    Change,
    Move,
    Online,
    Offline,
    Bind,
    Unbind,
}
