using System.Runtime.InteropServices;
using System.Text;
using static NodeAgent.Native.Linux.DmIoctl;

namespace NodeAgent.Native.DeviceMapper;

/// <summary>Reads the kernel's replies, from struct dm_ioctl on. Every offset in them is checked before it is followed.</summary>
public static unsafe class DmReply
{
    /// <summary>Of struct dm_name_list without its name: dev and next.</summary>
    private const int NameOffset = 12;

    /// <summary>Event numbers follow the name, aligned to this.</summary>
    private const int Alignment = 8;

    /// <summary>A reply to DM_TABLE_STATUS.</summary>
    /// <param name="reply">Head and data.</param>
    /// <param name="operation">For an error.</param>
    /// <exception cref="DmException">It makes no sense.</exception>
    public static DmStatus Status(ReadOnlySpan<byte> reply, string operation)
    {
        ref readonly var head = ref Head(reply, operation);
        var text = Text(reply.Slice((int)Marshal.OffsetOf<dm_ioctl>(nameof(dm_ioctl.name)), DM_NAME_LEN));
        var uuid = Text(reply.Slice((int)Marshal.OffsetOf<dm_ioctl>(nameof(dm_ioctl.uuid)), DM_UUID_LEN));
        var status = new DmStatus
        {
            Name = text,
            Uuid = uuid,
            IsSuspended = (head.flags & DM_SUSPEND_FLAG) != 0,
            IsReadOnly = (head.flags & DM_READONLY_FLAG) != 0,
            EventNumber = head.event_nr,
            OpenCount = head.open_count,
        };
        if (head.target_count == 0) return status;
        var data = Data(reply, head, operation);
        if (data.Length < sizeof(dm_target_spec)) throw new DmException(operation, "a target cut short", head.data_start);
        var target = MemoryMarshal.Read<dm_target_spec>(data);
        return status with
        {
            Targets = head.target_count,
            Sectors = target.length,
            Type = Text(data.Slice((int)Marshal.OffsetOf<dm_target_spec>(nameof(dm_target_spec.target_type)), DM_MAX_TYPE_NAME)),
            Text = Text(data[sizeof(dm_target_spec)..]),
        };
    }

    /// <summary>A reply to DM_LIST_DEVICES: its devices replace those in <paramref name="devices"/>, but for strings that say the same.</summary>
    /// <exception cref="DmException">It makes no sense.</exception>
    public static void List(ReadOnlySpan<byte> reply, List<DmDevice> devices)
    {
        const string operation = "list the devices";
        ref readonly var head = ref Head(reply, operation);
        var data = Data(reply, head, operation);
        var count = 0;
        for (var at = 0; data.Length > 0;)
        {
            if (at < 0 || data.Length - at < NameOffset + 1) throw new DmException(operation, "an entry cut short", head.data_start + at);
            var entry = data[at..];
            var number = MemoryMarshal.Read<ulong>(entry);
            var next = MemoryMarshal.Read<uint>(entry[sizeof(ulong)..]);
            // No device at all is one entry of nothing.
            if (number == 0) break;
            if (next > 0 && (next > (uint)entry.Length || next <= NameOffset)) throw new DmException(operation, $"an entry of {next} bytes", head.data_start + at);
            Set(devices, count++, Entry(next > 0 ? entry[..(int)next] : entry, number, devices, count - 1));
            if (next == 0) break;
            at += (int)next;
        }

        devices.RemoveRange(count, devices.Count - count);
    }

    private static DmDevice Entry(ReadOnlySpan<byte> entry, ulong number, List<DmDevice> devices, int index)
    {
        var former = index < devices.Count ? devices[index] : default;
        var name = Text(entry[NameOffset..]);
        var after = (NameOffset + name.Length + 1 + Alignment - 1) & ~(Alignment - 1);
        uint? eventNumber = null;
        string? uuid = null;
        if (entry.Length >= after + 2 * sizeof(uint))
        {
            eventNumber = MemoryMarshal.Read<uint>(entry[after..]);
            var flags = MemoryMarshal.Read<uint>(entry[(after + sizeof(uint))..]);
            if ((flags & DM_NAME_LIST_FLAG_HAS_UUID) != 0) uuid = Same(former.Uuid, Text(entry[(after + 2 * sizeof(uint))..]));
            else if ((flags & DM_NAME_LIST_FLAG_DOESNT_HAVE_UUID) != 0) uuid = "";
        }

        return new DmDevice(Same(former.Name, name), DmNumber.Decode(number), eventNumber, uuid);
    }

    private static void Set(List<DmDevice> devices, int index, DmDevice device)
    {
        if (index < devices.Count) devices[index] = device;
        else devices.Add(device);
    }

    /// <summary>The former string where it says the same.</summary>
    private static string Same(string? former, ReadOnlySpan<byte> text)
    {
        if (former is not null && former.Length == text.Length)
        {
            var i = 0;
            while (i < text.Length && former[i] == text[i]) i++;
            if (i == text.Length) return former;
        }

        return Encoding.UTF8.GetString(text);
    }

    private static ref readonly dm_ioctl Head(ReadOnlySpan<byte> reply, string operation)
    {
        if (reply.Length < sizeof(dm_ioctl)) throw new DmException(operation, "a head cut short", reply.Length);
        return ref MemoryMarshal.AsRef<dm_ioctl>(reply);
    }

    private static ReadOnlySpan<byte> Data(ReadOnlySpan<byte> reply, in dm_ioctl head, string operation)
    {
        if (head.data_start > head.data_size || head.data_size > (uint)reply.Length)
            throw new DmException(operation, $"data from {head.data_start} to {head.data_size}", sizeof(dm_ioctl));
        return reply[(int)head.data_start..(int)head.data_size];
    }

    /// <summary>Up to the NUL, or to the end where there is none.</summary>
    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }
}
