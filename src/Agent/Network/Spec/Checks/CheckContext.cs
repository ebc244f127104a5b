using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>A desired state and what is there, with the look-ups the rules need in constant time.</summary>
internal sealed class CheckContext
{
    private readonly Dictionary<string, InterfaceSpec> _specs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PortClaim> _claims = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InterfaceSpec> _peers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<InterfaceSpec>> _uppers = new(StringComparer.Ordinal);
    private readonly List<SpecError> _errors;

    public CheckContext(DesiredState desired, NetworkSnapshot? observed, List<SpecError> errors)
    {
        (Desired, Observed, _errors) = (desired, observed, errors);
        foreach (var spec in desired.Interfaces)
        {
            if (!_specs.TryAdd(spec.Name, spec)) Error(spec.Mark, spec, "", $"is described twice, first at {_specs[spec.Name].Mark}; write one entry");
            else if (!spec.IsAbsent) Index(spec);
        }
    }

    public DesiredState Desired { get; }

    /// <summary>Null where what exists is not known.</summary>
    public NetworkSnapshot? Observed { get; }

    public List<string> Notes { get; } = [];

    /// <summary>The interfaces that shall exist.</summary>
    public IEnumerable<InterfaceSpec> Present => Desired.Interfaces.Where(i => !i.IsAbsent);

    public InterfaceSpec? Spec(string name) => _specs.GetValueOrDefault(name);

    public LinkState? Seen(string name) => Observed?.Find(name);

    /// <summary>The controller whose list of ports names this link, or null.</summary>
    public PortClaim? Claim(string port) => _claims.GetValueOrDefault(port);

    /// <summary>The veth that names this one as its peer.</summary>
    public InterfaceSpec? PeerOf(string name) => _peers.GetValueOrDefault(name);

    /// <summary>The described links that sit on this one.</summary>
    public IReadOnlyList<InterfaceSpec> UppersOf(string lower) => _uppers.TryGetValue(lower, out var list) ? list : [];

    /// <summary>True where the link is there once the documents are applied, or may be for all that is known.</summary>
    public bool WillExist(string name)
    {
        if (Spec(name) is { } spec) return !spec.IsAbsent;
        return Observed is null || Seen(name) is not null || _peers.ContainsKey(name);
    }

    /// <summary>The type a link has once the documents are applied; null where it is not known.</summary>
    public InterfaceType? TypeOf(string name)
    {
        // "ethernet" may be said of a veth: what is there knows better.
        if (Spec(name)?.Type is { } type && type != InterfaceType.Ethernet) return type;
        return Seen(name)?.Type ?? Spec(name)?.Type ?? (_peers.ContainsKey(name) ? InterfaceType.Veth : null);
    }

    /// <summary>The value a field has once the documents are applied; null where nothing says it.</summary>
    public FieldValue? Value(string name, Field field) => Spec(name)?.Fields[field] ?? Seen(name)?.Fields[field];

    /// <summary>The link that a link sits on once the documents are applied.</summary>
    public string? BaseOf(string name)
    {
        var lower = Spec(name)?.BaseLink ?? (Seen(name) is { LowerElsewhere: false } link ? link.BaseLink : null);
        return string.IsNullOrEmpty(lower) ? null : lower;
    }

    /// <summary>The bridge or bond a link is a port of once the documents are applied.</summary>
    public string? ControllerOf(string name)
    {
        if (Claim(name) is { } claim) return claim.Controller.Name;
        return Seen(name)?.Controller is { } controller && WillExist(controller) ? controller : null;
    }

    public void Error(SourceMark mark, InterfaceSpec spec, string path, string message) =>
        Error(mark, path.Length == 0 ? $"interfaces[{spec.Name}]" : $"interfaces[{spec.Name}].{path}", message);

    public void Error(SourceMark mark, string field, string message) => _errors.Add(new SpecError(mark, field, message));

    /// <summary>An error at a field of an interface, or at the interface where the field is not written.</summary>
    public void Error(InterfaceSpec spec, Field field, string message)
    {
        var mark = spec.Fields.MarkOf(field);
        Error(mark.IsKnown ? mark : spec.Mark, spec, field.Path, message);
    }

    /// <summary>A link with its place, for messages: "bond0.20 (layout-b.yaml:28:3)".</summary>
    public static string Place(InterfaceSpec spec) => spec.Mark.IsKnown ? $"{spec.Name} ({spec.Mark})" : spec.Name;

    private void Index(InterfaceSpec spec)
    {
        foreach (var port in spec.Ports ?? []) _claims.TryAdd(port.Name, new PortClaim(spec, port));
        if (spec.Fields.Text(Schema.VethFields.Peer) is { } peer) _peers.TryAdd(peer, spec);
        if (spec.BaseLink is not { Length: > 0 } lower) return;
        if (!_uppers.TryGetValue(lower, out var list)) _uppers[lower] = list = [];
        list.Add(spec);
    }
}
