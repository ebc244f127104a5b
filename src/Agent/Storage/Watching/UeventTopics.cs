using System.Buffers.Text;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Storage.Watching;

/// <summary>Sorts events; a pure function that allocates nothing.</summary>
internal static class UeventTopics
{
    /// <param name="uevent">Of the kernel.</param>
    /// <param name="number">Of the block device; 0:0 where the event does not say.</param>
    /// <param name="isChange">The device was there before and is there now.</param>
    public static UeventTopic Of(in Uevent uevent, out (uint Major, uint Minor) number, out bool isChange)
    {
        number = default;
        isChange = uevent.Action == UeventAction.Change;
        var subsystem = uevent.Subsystem;
        if (subsystem.SequenceEqual("block"u8))
        {
            number = (Number(uevent["MAJOR"u8]), Number(uevent["MINOR"u8]));
            return uevent.Name.StartsWith("dm-"u8) ? UeventTopic.Map : UeventTopic.Path;
        }

        if (subsystem.SequenceEqual("misc"u8) && uevent.Name.SequenceEqual("device-mapper"u8)) return UeventTopic.DeviceMapper;
        return subsystem.StartsWith("fc_"u8) || subsystem.StartsWith("iscsi_"u8) || subsystem.StartsWith("nvme"u8) || subsystem.StartsWith("scsi"u8) || subsystem.StartsWith("sas_"u8)
            ? UeventTopic.Adapter
            : UeventTopic.None;
    }

    private static uint Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out uint number, out var length) && length == text.Length ? number : 0;
}
