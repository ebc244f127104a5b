namespace NodeAgent.Tests.Support;

/// <summary>
/// A node's storage in one state, from tests/fixtures/storage (its README names them): sysfs and procfs as folders for the real readers,
/// and what device-mapper, multipathd and the kernel's uevents said, as recorded.
/// </summary>
public sealed class StorageFixture : IDisposable
{
    private readonly TextArchive _archive;

    private readonly HostTree _tree = HostTree.Empty();

    private StorageFixture(string state)
    {
        State = state;
        _archive = TextArchive.Read(Path.Combine(Root, state + ".ttar"));
        _archive.Extract(_tree.Root);
    }

    public static string Root { get; } = Path.Combine(HostTree.Fixtures(), "storage");

    /// <summary>Every state there is, by name.</summary>
    public static IEnumerable<string> States =>
        Directory.GetFiles(Root, "*.ttar").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public string State { get; }

    /// <summary>Where it was unpacked, to be changed at will.</summary>
    public HostTree Tree => _tree;

    /// <summary>The unpacked folders. Nobody listens at <see cref="HostPaths.MultipathdSocket"/>: a test that wants multipathd serves <see cref="Text"/> there.</summary>
    public HostPaths Paths => _tree.Paths;

    /// <summary>The names below a prefix: Names("dm/status-of-").</summary>
    public IEnumerable<string> Names(string prefix) => _archive.Files.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public bool Has(string name) => _archive.Files.ContainsKey(name);

    /// <summary>A file of the record: Text("multipathd/show-maps-json").</summary>
    public string Text(string name) => _archive.Files[name];

    /// <summary>A file of hexadecimal digits: Bytes("dm/status-of-mpatha.hex") is the kernel's reply to DM_TABLE_STATUS, struct dm_ioctl first.</summary>
    public byte[] Bytes(string name) => Convert.FromHexString(Text(name).ReplaceLineEndings(""));

    /// <summary>The kernel's messages of what happened on the way to this state, as they come over netlink: "ACTION@DEVPATH", then KEY=VALUE, a NUL after each.</summary>
    public IEnumerable<byte[]> Uevents() =>
        Text("uevents").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(static text => System.Text.Encoding.UTF8.GetBytes(text.Replace('\n', '\0') + "\0"));

    public static StorageFixture Open(string state) => new(state);

    public void Dispose() => _tree.Dispose();
}
