namespace NodeAgent.Migration.Sources;

/// <summary>Why a source gave no answer.</summary>
public enum GuestSourceFault
{
    /// <summary>The guest, or what runs it, is not there (any more).</summary>
    Absent,

    /// <summary>What was asked for cannot be had of this guest, now or ever: its VMM refuses it.</summary>
    Unsupported,

    /// <summary>Not while the guest migrates, or while another measurement runs.</summary>
    Busy,

    /// <summary>No answer in time, or none that makes sense.</summary>
    Failed,
}
