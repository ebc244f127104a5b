using NodeAgent.Config;

namespace NodeAgent.Doctor;

/// <summary>A part of the host that is read at once, and the checks that are judged from it.</summary>
internal interface IArea
{
    /// <summary>For messages: "the network interfaces".</summary>
    string Name { get; }

    /// <summary>The ids of its checks, in order.</summary>
    IReadOnlyList<string> Ids { get; }

    /// <summary>Reads and judges. Throws what the reader throws, and hangs where it hangs.</summary>
    IReadOnlyList<CheckResult> Examine(DoctorSettings settings);

    /// <summary>The results where it could not be read.</summary>
    IReadOnlyList<CheckResult> Unread(string reason, DoctorSettings settings);
}
