using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Unit.Faults;

/// <summary>Something that can be wrong with a file of the kernel or of another program.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Put">Puts it in the place of the file of this path, which is gone. What it returns is held while the fault lasts.</param>
/// <param name="Error">The name of the error that reading it gives; null: it can be read, or is not there.</param>
internal sealed partial record Fault(string Name, Func<string, IDisposable?> Put, string? Error = null)
{
    private const int Huge = 3 << 20;

    // Written once for all that are read in their stead.
    private static readonly Lazy<string> s_longLine = new(static () => Shared(new string('7', Huge)));
    private static readonly Lazy<string> s_manyLines = new(static () => Shared(string.Concat(Enumerable.Repeat("x : 1\n", Huge / 6))));

    public static readonly IReadOnlyList<Fault> All =
    [
        new("missing", static _ => null),
        new("empty", static path => Write(path, "")),
        new("blank lines", static path => Write(path, "\n \n\n")),
        new("a folder", static path => Done(Directory.CreateDirectory(path)), "EISDIR"),
        new("a link to itself", static path => Done(File.CreateSymbolicLink(path, path)), "ELOOP"),
        new("a link to nothing", static path => Done(File.CreateSymbolicLink(path, path + ".gone"))),
        new("binary", static path => Write(path, Bytes())),
        new("words", static path => Write(path, "no such thing: here, or [there] = 1-2/3\n")),
        new("a negative number", static path => Write(path, "-1\n")),
        new("a number too large", static path => Write(path, "99999999999999999999999999\n")),
        new("separators", static path => Write(path, ":\n,\n-\n=\n\t\n/\n[]\n()\n{}\n0-\n-0\n9-1\n")),
        new("a long line", static path => Done(File.CreateSymbolicLink(path, s_longLine.Value))),
        new("many lines", static path => Done(File.CreateSymbolicLink(path, s_manyLines.Value))),
        new("a pipe without a writer", Pipe),
        new("a pipe that nothing comes from", Silent, "EAGAIN"),
    ];

    public override string ToString() => Name;

    private static IDisposable? Done<T>(T made)
    {
        _ = made;
        return null;
    }

    private static IDisposable? Write(string path, string text)
    {
        File.WriteAllText(path, text);
        return null;
    }

    private static string Shared(string text)
    {
        var tree = HostTree.Empty();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => tree.Dispose();
        tree.Write("shared", text);
        return tree["shared"];
    }

    private static IDisposable? Write(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        return null;
    }

    // Both ends held open: a reader waits, or is told EAGAIN where it does not want to.
    private static FileStream Silent(string path)
    {
        Pipe(path);
        return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
    }

    private static IDisposable? Pipe(string path)
    {
        if (mkfifo(path, 0b110_000_000) != 0) throw new IOException($"mkfifo {path}: {Errno.Name(Marshal.GetLastPInvokeError())}");
        return null;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkfifo(string path, uint mode);

    private static byte[] Bytes()
    {
        var bytes = new byte[4096];
        new Random(4).NextBytes(bytes);
        return bytes;
    }
}
