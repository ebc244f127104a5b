using System.Collections.Frozen;
using System.Text;

namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>Takes a command line of QEMU apart into options and their values.</summary>
internal static class QemuArguments
{
    /// <summary>Options without a value, of versions 2.12 to 10 (qemu-options.hx: those without HAS_ARG). Every other one has one.</summary>
    private static readonly FrozenSet<string> s_flags = new[]
    {
        "h", "help", "version", "S", "snapshot", "nographic", "enable-kvm", "no-reboot", "no-shutdown", "daemonize", "singlestep", "no-hpet", "no-acpi",
        "no-fd-bootchk", "usb", "full-screen", "alt-grab", "ctrl-grab", "no-frame", "no-quit", "sdl", "curses", "portrait", "win2k-hack", "rtc-td-hack",
        "nodefaults", "no-user-config", "mem-prealloc", "enable-fips", "xen-attach", "xen-create", "only-migratable", "preconfig", "no-kvm", "no-kvm-irqchip",
        "no-kvm-pit", "no-kvm-pit-reinjection", "semihosting", "old-param", "one-insn-per-tb", "perfmap", "jitdump", "enable-sync-profile", "show-cursor",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Calls back with each option, without its hyphens, and its value (empty where it has none).</summary>
    /// <param name="commandLine">As in /proc/PID/cmdline: each word ended by NUL.</param>
    /// <param name="option">Is called for each, in order.</param>
    public static void ForEach(ReadOnlySpan<byte> commandLine, Action<string, string> option)
    {
        // The program's own name.
        Next(ref commandLine);
        while (!commandLine.IsEmpty)
        {
            var word = Next(ref commandLine);
            if (word.Length < 2 || word[0] != '-') continue;
            var name = Encoding.UTF8.GetString(word[(word[1] == '-' ? 2 : 1)..]);
            option(name, s_flags.Contains(name) ? "" : Encoding.UTF8.GetString(Next(ref commandLine)));
        }
    }

    /// <summary>The program's own name, as it was called.</summary>
    public static string Program(ReadOnlySpan<byte> commandLine) => Encoding.UTF8.GetString(Next(ref commandLine));

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)0);
        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return word;
    }
}
