namespace NodeAgent.Tests.Support;

/// <summary>A copy of a fixture tree (its folders are the roots of <see cref="HostPaths"/>) that a test may change; gone when disposed.</summary>
public sealed class HostTree : IDisposable
{
    private HostTree(string root) => Root = root;

    public string Root { get; }

    /// <summary>Every path of the agent, below <see cref="Root"/>.</summary>
    public HostPaths Paths => PathsOf(Root);

    /// <summary>A tree without anything.</summary>
    public static HostTree Empty() => new(Directory.CreateTempSubdirectory("nodeagent-host-").FullName);

    /// <param name="fixture">Below tests/fixtures, a folder or an archive without its ".ttar": "hosts/debian-vm", "storage/healthy-2-paths".</param>
    public static HostTree Of(string fixture)
    {
        var tree = Empty();
        var source = Path.Combine(Fixtures(), fixture);
        if (Directory.Exists(source)) Copy(source, tree.Root);
        else TextArchive.Read(source + ".ttar").Extract(tree.Root);
        return tree;
    }

    /// <summary>tests/fixtures of the sources.</summary>
    public static string Fixtures() => Path.Combine(ProjectFolder.Path, "tests", "fixtures");

    public static HostPaths PathsOf(string root) => new()
    {
        Configuration = Path.Combine(root, "etc/nodeagent"),
        State = Path.Combine(root, "var/lib/nodeagent"),
        Run = Path.Combine(root, "run/nodeagent"),
        Proc = Path.Combine(root, "proc"),
        Sys = Path.Combine(root, "sys"),
        Dev = Path.Combine(root, "dev"),
        Etc = Path.Combine(root, "etc"),
        HostRun = Path.Combine(root, "run"),
        Modules = Path.Combine(root, "lib/modules"),
        Boot = Path.Combine(root, "boot"),
        MultipathdSocket = Path.Combine(root, "run/multipathd.socket"),
    };

    /// <summary>The full path of "proc/meminfo".</summary>
    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Writes a file, its folders too; a link in its place is replaced.</summary>
    public void Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (new FileInfo(path).LinkTarget is not null) File.Delete(path);
        File.WriteAllText(path, text);
    }

    /// <summary>Removes a file, a link or a whole folder; nothing where there is none.</summary>
    public void Remove(string name)
    {
        var path = this[name];
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null) Directory.Delete(path, recursive: true);
        else File.Delete(path);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    // Links stay links: sysfs is made of them.
    private static void Copy(string from, string to)
    {
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link) File.CreateSymbolicLink(target, link);
            else if (entry is DirectoryInfo) Copy(entry.FullName, Directory.CreateDirectory(target).FullName);
            else ((FileInfo)entry).CopyTo(target);
        }
    }
}
