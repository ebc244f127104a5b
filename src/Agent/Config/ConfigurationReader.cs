using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;
using NodeAgent.Network.Spec.Reading;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Config;

/// <summary>
/// Reads nodeagent.yaml as strictly as a policy (every error with its place, unknown keys with the nearest), then the values from
/// outside, then checks what belongs together.
/// </summary>
internal sealed class ConfigurationReader
{
    private readonly ReadContext _context;
    private readonly Dictionary<string, SourceMark> _marks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private AgentConfiguration _configuration = AgentConfiguration.Default;

    private ConfigurationReader(List<SpecError> errors) => _context = new ReadContext(errors);

    /// <summary>Reads the file, if it is there or <paramref name="required"/>, and weighs it with <paramref name="overrides"/>, the weightiest last.</summary>
    public static ConfigurationResult Load(string path, bool required, IReadOnlyList<ConfigurationOverride> overrides)
    {
        try
        {
            return Read(path, File.ReadAllBytes(path), overrides);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException && !required)
        {
            return Read(path, [], overrides);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new ConfigurationResult(AgentConfiguration.Default, [new SpecError(default, path, FileProblem.Of(path, error))]);
        }
    }

    public static ConfigurationResult Read(string file, ReadOnlySpan<byte> bytes, IReadOnlyList<ConfigurationOverride> overrides)
    {
        var errors = new List<SpecError>();
        var reader = new ConfigurationReader(errors);
        if (bytes.Length > 0)
        {
            var text = TextCheck.Decode(file, bytes, out var problem);
            if (problem is not null) errors.Add(problem);
            if (text is not null && YamlTree.Read(file, text, errors) is { } root) reader.Section(root, "");
        }

        foreach (var one in overrides) reader.Override(one);
        if (reader._configuration.Grpc.Tcp is not null || reader.IsGiven("grpc.tcp")) reader.CheckTcp();
        if (reader._configuration.Metrics.Otlp is not null || reader.IsGiven("metrics.otlp")) reader.Need("metrics.otlp", ["metrics.otlp.endpoint"]);
        return reader._context.HasErrors
            ? new ConfigurationResult(AgentConfiguration.Default, reader._context.Errors())
            : new ConfigurationResult(reader._configuration, []) { Origins = reader._origins };
    }

    private void Section(YamlNode node, string section)
    {
        var keys = ConfigurationOptions.KeysIn(section);
        if (_context.Map(node, section, section.Length == 0 ? "a map of keys and values" : $"a map ({string.Join(", ", keys)})") is not { } map) return;
        _marks[section] = node.Mark;
        foreach (var entry in map.Entries)
        {
            var key = ReadContext.Join(section, entry.Key);
            if (!keys.Contains(entry.Key)) _context.Unknown(entry, section, keys);
            else if (ConfigurationOptions.Find(key) is { } option) Value(option, entry);
            else Section(entry.Value, key);
        }
    }

    private void Value(ConfigurationOption option, YamlEntry entry)
    {
        _marks[option.Key] = entry.Value.Mark;
        _origins[option.Key] = entry.Mark.ToString();
        if (option.Read is { } read) _configuration = read(_configuration, entry.Value, _context);
        else if (entry.Value is YamlScalar { IsNull: false } scalar && option.Parse(_configuration, scalar.Text) is { } changed) _configuration = changed;
        else _context.Expected(entry.Value, option.Key, option.Expected);
    }

    private void Override(ConfigurationOverride one)
    {
        var text = one.Option.IsPath ? Path.GetFullPath(one.Text) : one.Text;
        _origins[one.Option.Key] = one.Source;
        if (one.Option.Parse(_configuration, text) is { } changed) _configuration = changed;
        else _context.Error(default, one.Source, $"expected {one.Option.Expected}, found {YamlScalar.Quote(one.Text)}");
    }

    private void CheckTcp()
    {
        Need("grpc.tcp", ["grpc.tcp.certificate", "grpc.tcp.key", "grpc.tcp.clientCa", "grpc.tcp.identities"]);
        if (_configuration.Grpc.Tcp is not { Identities.Count: 0 } || !_origins.ContainsKey("grpc.tcp.identities") || _context.HasErrors) return;
        _context.Error(MarkOf("grpc.tcp.identities"), "grpc.tcp.identities", "is empty: nobody would have a role; name somebody or take grpc.tcp away");
    }

    // Given and wrong has its own error already.
    private void Need(string section, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            if (!_origins.ContainsKey(key)) _context.Error(MarkOf(section), section, $"needs {key[(section.Length + 1)..]}: {ConfigurationOptions.Find(key)!.Description}");
        }
    }

    private bool IsGiven(string section) => _marks.ContainsKey(section);

    private SourceMark MarkOf(string key) => _marks.GetValueOrDefault(key);
}
