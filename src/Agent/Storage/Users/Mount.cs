using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Users;

/// <summary>A mounted file system.</summary>
/// <param name="Device">Of the file system; an anonymous one (0:…) for btrfs, overlay and the like.</param>
/// <param name="Root">What of it is mounted: "/", or of a bind mount a folder or a file: "/dm-3" of /dev.</param>
/// <param name="Point">Where.</param>
/// <param name="Type">"ext4"</param>
/// <param name="Source">As the mounter named it: "/dev/mapper/mpatha".</param>
internal readonly record struct Mount(DeviceNumber Device, string Root, string Point, string Type, string Source);
