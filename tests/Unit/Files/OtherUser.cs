using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;

namespace NodeAgent.Tests.Unit.Files;

/// <summary>Opens files as a user without rights, also where the tests are run by root: setfsuid(2), of one thread that ends with it.</summary>
internal static partial class OtherUser
{
    // "nobody"
    private const uint Id = 65534;

    public static T Run<T>(Func<T> work)
    {
        if (Unistd.geteuid() != 0) return work();
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                // It takes root's power over files from this thread too (capabilities(7)).
                _ = setfsuid(Id);
                result = work();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw failure;
    }

    [LibraryImport("libc")]
    private static partial int setfsuid(uint id);
}
