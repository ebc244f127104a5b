using System.IO.Compression;
using System.Text;
using NodeAgent.Doctor.Facts;
using NodeAgent.Files;

namespace NodeAgent.Doctor.Reading;

/// <summary>
/// Which parts the running kernel has: what is loaded or shows itself in /proc and /sys, what it was built with (its configuration, where it
/// can be read), and which modules are installed for it (modules.builtin and modules.dep, see depmod(8)).
/// </summary>
internal sealed class KernelReader
{
    // Modules.dep of a distribution's kernel has about 700 KB.
    private const int MostModules = 8 << 20;
    private const int MostConfiguration = 4 << 20;

    // The module, its option in the kernel's configuration, what is there only with it, and the device that loads it when it is opened:
    // kmod makes that one at boot for modules that are not loaded yet (kmod-static-nodes.service).
    private static readonly (string Module, string Option, string[] Signs, string? Device)[] s_parts =
    [
        ("8021q", "CONFIG_VLAN_8021Q", ["proc/net/vlan"], null),
        ("bonding", "CONFIG_BONDING", ["proc/net/bonding", "sys/class/net/bonding_masters"], null),
        ("bridge", "CONFIG_BRIDGE", ["sys/module/bridge"], null),
        ("dm_multipath", "CONFIG_DM_MULTIPATH", [], null),
        ("vhost_net", "CONFIG_VHOST_NET", ["sys/class/misc/vhost-net"], "vhost-net"),
        ("tun", "CONFIG_TUN", ["sys/class/misc/tun"], "net/tun"),
    ];

    private readonly HostPaths _paths;
    private readonly Known<string> _release;
    private readonly HostReading _loaded;
    private readonly HostReading _builtIn;
    private readonly HostReading _installed;
    private readonly HostReading _configuration;

    private KernelReader(HostPaths paths)
    {
        _paths = paths;
        var file = Path.Combine(paths.Proc, "sys/kernel/osrelease");
        _release = Known<string>.Of(HostFile.Read(file), file, "a release such as 5.15.0-91-generic", static text => text.Length is > 0 and < 256 && !text.Contains('/') && !text.Contains('\n') ? Known<string>.Of(text) : null);
        _loaded = HostFile.Read(Path.Combine(paths.Proc, "modules"));
        _configuration = Configuration();
        if (_release.Value is not { } release) return;
        _builtIn = HostFile.Read(Path.Combine(paths.Modules, release, "modules.builtin"), MostModules);
        _installed = HostFile.Read(Path.Combine(paths.Modules, release, "modules.dep"), MostModules);
    }

    public static KernelFacts Read(HostPaths paths)
    {
        var reader = new KernelReader(paths);
        var parts = s_parts.ToDictionary(static p => p.Module, p => reader.Part(p.Module, p.Option, p.Signs, p.Device), StringComparer.Ordinal);
        var (filtering, source) = reader.VlanFiltering();
        return new KernelFacts(reader._release, parts, filtering, source, HostFile.Read(Path.Combine(paths.Proc, "sys/kernel/modules_disabled")).Text == "1");
    }

    private KernelPart Part(string module, string option, string[] signs, string? device)
    {
        // "bonding 217088 0 - Live 0x0000000000000000"
        if (HasLine(_loaded, module + " ")) return new KernelPart(KernelPartState.Loaded, "/proc/modules");
        if (HasModule(_builtIn, module)) return new KernelPart(KernelPartState.BuiltIn, "modules.builtin");
        var built = Option(option);
        if (built == 'y') return new KernelPart(KernelPartState.BuiltIn, $"{option}=y");
        foreach (var sign in signs)
        {
            if (Path.Exists(At(sign))) return new KernelPart(KernelPartState.Loaded, "/" + sign);
        }

        if (HasModule(_installed, module))
        {
            return _loaded.Error is { } error
                ? new KernelPart(KernelPartState.Unknown, $"a module, and whether it is loaded does not show: {error}")
                : new KernelPart(KernelPartState.Loadable, device is not null && Path.Exists(Path.Combine(_paths.Dev, device)) ? "/dev/" + device : "modules.dep");
        }

        if (built == 'n') return new KernelPart(KernelPartState.Absent, $"{option} is not set");
        if (built == 'm') return new KernelPart(KernelPartState.NotInstalled, $"{option}=m");
        if (_installed.IsFound && _builtIn.IsFound) return new KernelPart(KernelPartState.Absent, $"neither modules.dep nor modules.builtin of {_release.Value} has it");
        return new KernelPart(KernelPartState.Unknown, Why(_release.Error, _configuration.Error, _installed.Error, _builtIn.Error, _loaded.Error) ?? $"no list of modules in {Path.Combine(_paths.Modules, _release.Value ?? "")}, and no configuration of this kernel in {_paths.Boot} or {_paths.Proc}/config.gz");
    }

    // Each bridge has the attribute where the kernel can do it.
    private (Known<bool> Can, string Source) VlanFiltering()
    {
        var folder = Path.Combine(_paths.Sys, "class/net");
        foreach (var link in HostFile.List(folder, out _))
        {
            if (!Directory.Exists(Path.Combine(folder, link, "bridge"))) continue;
            return (Known<bool>.Of(Path.Exists(Path.Combine(folder, link, "bridge/vlan_filtering"))), $"/sys/class/net/{link}/bridge");
        }

        const string option = "CONFIG_BRIDGE_VLAN_FILTERING";
        return Option(option) switch
        {
            'y' => (Known<bool>.Of(true), $"{option}=y"),
            'n' => (Known<bool>.Of(false), $"{option} is not set"),
            _ => (_configuration.Error is { } error ? Known<bool>.Failed(error) : default, ""),
        };
    }

    /// <summary>'y', 'm', 'n'; null where the configuration is not known.</summary>
    private char? Option(string option)
    {
        if (!_configuration.IsFound || !_configuration.Text.Contains("CONFIG_", StringComparison.Ordinal)) return null;
        if (HasLine(_configuration, option + "=y")) return 'y';
        return HasLine(_configuration, option + "=m") ? 'm' : 'n';
    }

    private HostReading Configuration()
    {
        var packed = HostFile.ReadBytes(Path.Combine(_paths.Proc, "config.gz"), MostConfiguration, out var error);
        if (packed is not null) return Unpack(packed);
        var plain = _release.Value is { } release ? HostFile.Read(Path.Combine(_paths.Boot, "config-" + release), MostConfiguration) : default;
        return plain.IsAbsent ? new HostReading(null, error) : plain;
    }

    private HostReading Unpack(byte[] packed)
    {
        try
        {
            using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var text = new byte[MostConfiguration];
            return new HostReading(Encoding.UTF8.GetString(text, 0, stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)), null);
        }
        catch (InvalidDataException e)
        {
            return new HostReading(null, $"{_paths.Proc}/config.gz: {e.Message}");
        }
    }

    private string At(string sign) => sign.StartsWith("proc/", StringComparison.Ordinal) ? Path.Combine(_paths.Proc, sign[5..]) : Path.Combine(_paths.Sys, sign[4..]);

    private static string? Why(params ReadOnlySpan<string?> errors)
    {
        foreach (var error in errors)
        {
            if (error is not null) return error;
        }

        return null;
    }

    private static bool HasLine(HostReading reading, string start)
    {
        foreach (var line in reading.Text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    // "kernel/drivers/net/bonding/bonding.ko.zst: kernel/net/tls/tls.ko.zst"; in the file's name a dash is as good as an underscore.
    private static bool HasModule(HostReading reading, string module)
    {
        foreach (var line in reading.Text.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            var path = colon < 0 ? line : line[..colon];
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (name.Length < module.Length + 3 || !name[module.Length..].StartsWith(".ko", StringComparison.Ordinal)) continue;
            if (SameName(name[..module.Length], module)) return true;
        }

        return false;
    }

    private static bool SameName(ReadOnlySpan<char> name, string module)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if ((name[i] == '-' ? '_' : name[i]) != module[i]) return false;
        }

        return true;
    }
}
