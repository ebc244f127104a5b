using NodeAgent.Migration.History;

namespace NodeAgent.Tests.Unit.Migration.History;

/// <summary>A disk in memory that can end at any point: a write that is being made leaves its first bytes, and nothing is written after.</summary>
internal sealed class MemoryFolder : HistoryFolder
{
    private readonly Dictionary<string, byte[]> _files;

    public MemoryFolder(Dictionary<string, byte[]>? files = null)
        : base("/memory") => _files = files ?? [];

    /// <summary>Bytes after which the power fails; a file that is written anew counts as one.</summary>
    public long PowerFor { get; set; } = long.MaxValue;

    /// <summary>What the last bytes become that were being written: as they were, or zeros.</summary>
    public bool Zeros { get; init; }

    /// <summary>Writes fail, and leave what was half written; reads do not.</summary>
    public bool IsFull { get; set; }

    public bool IsDead { get; private set; }

    public long Written { get; private set; }

    public int Rewrites { get; private set; }

    public byte[]? this[string name]
    {
        get => _files.GetValueOrDefault(name);
        set => _files[name] = value!;
    }

    public IEnumerable<string> Names => _files.Keys.Order(StringComparer.Ordinal);

    /// <summary>The same disk after the machine was started again.</summary>
    public MemoryFolder Restarted() => new(new(_files)) { Zeros = Zeros };

    public override byte[]? ReadEnd(string name, int most, out bool cut)
    {
        var bytes = this[name];
        cut = bytes?.Length > most;
        return cut ? bytes![^most..] : bytes;
    }

    public override bool Append(string name, long at, ReadOnlySpan<byte> bytes)
    {
        Check();
        if (this[name] is not { } old || old.Length < at) return false;
        var most = IsFull ? bytes.Length / 2 : (int)Math.Min(bytes.Length, PowerFor - Written);
        byte[] half = [.. old[..(int)at], .. bytes[..most]];
        if (Zeros && most < bytes.Length) half.AsSpan((int)at + (most / 2)).Clear();
        (_files[name], Written) = (half, Written + most);
        if (IsFull) throw new IOException("No space left on device");
        if (most == bytes.Length) return true;
        IsDead = true;
        throw new IOException("the power failed");
    }

    public override void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        Check();
        if (IsFull) throw new IOException("No space left on device");
        _files[name] = bytes.ToArray();
        Written++;
        Rewrites++;
    }

    public override void Copy(string name, string to)
    {
        Check();
        _files[to] = _files[name];
        Written++;
    }

    public override string Rename(string name, string to)
    {
        Check();
        var free = to;
        for (var i = 1; _files.ContainsKey(free); i++) free = $"{to}.{i}";
        _files[free] = _files[name];
        _files.Remove(name);
        Written++;
        return free;
    }

    private void Check()
    {
        IsDead |= Written >= PowerFor;
        if (IsDead) throw new IOException("there is no power");
    }
}
