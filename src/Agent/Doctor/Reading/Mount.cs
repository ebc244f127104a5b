namespace NodeAgent.Doctor.Reading;

/// <summary>A line of /proc/PID/mountinfo.</summary>
/// <param name="Point">Where: "/boot".</param>
/// <param name="Device">Number of its device, "8:2"; "0:27" where it is on none.</param>
/// <param name="Type">"ext4"</param>
/// <param name="Source">"/dev/sda2", "overlay"</param>
internal sealed record Mount(string Point, string Device, string Type, string Source);
