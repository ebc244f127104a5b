namespace NodeAgent.Migration.Traces;

/// <summary>Which program's words a timeline has; told from its first line.</summary>
public enum TraceFormat
{
    Unknown,

    /// <summary>{"t":…,"who":…,"kind":…,"cmd":…,"data":…}: replies and events of QEMU's monitor.</summary>
    Qmp,

    /// <summary>{"t":…,"type":…,"params":{…}}: job statistics of libvirt, a reply a line.</summary>
    Libvirt,
}
