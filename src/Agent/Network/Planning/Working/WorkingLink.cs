using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Working;

/// <summary>A link as it is at some point within a plan. Shares what it has with the snapshot until it is written to.</summary>
internal sealed class WorkingLink
{
    private static readonly FieldSet s_none = new();

    private readonly LinkState? _origin;
    private bool _ownsFields;
    private bool _ownsOptions;
    private List<AddressState>? _addresses;

    public WorkingLink(LinkState origin)
    {
        _origin = origin;
        Name = origin.Name;
        Type = origin.Type;
        Up = origin.Up;
        Controller = origin.Controller;
        Fields = origin.Fields;
        PortOptions = origin.PortOptions;
        Vlans = origin.Vlans;
        LowerElsewhere = origin.LowerElsewhere;
    }

    /// <summary>A link that a plan creates: down, without controller.</summary>
    public WorkingLink(string name, InterfaceType type, FieldSet fields)
    {
        Name = name;
        Type = type;
        Fields = fields;
        PortOptions = s_none;
    }

    public string Name { get; }

    public InterfaceType Type { get; }

    public bool Up { get; set; }

    public string? Controller { get; set; }

    public bool LowerElsewhere { get; }

    public FieldSet Fields { get; private set; }

    public FieldSet PortOptions { get; private set; }

    /// <summary>Null: the kernel's default for a port, or for the bridge itself; see <see cref="WorkingState.VlansOf"/>.</summary>
    public VlanTable? Vlans { get; set; }

    /// <summary>A step, or the kernel in its wake, changed something of it.</summary>
    public bool Touched { get; set; }

    /// <summary>A step set its MTU: a bridge does not follow its ports any more (BROPT_MTU_SET_BY_USER).</summary>
    public bool MtuPinned { get; set; }

    /// <summary>It left its bridge or joined one within the plan: what it has as a port is known.</summary>
    public bool Rejoined { get; private set; }

    public bool Carrier => _origin?.Carrier ?? false;

    public bool IsCreated => _origin is null;

    public IReadOnlyList<AddressState> Addresses => _addresses ?? _origin?.Addresses ?? [];

    public string? BaseLink => LowerElsewhere ? null : Fields.BaseLink;

    public long? Mtu => Fields[CommonFields.Mtu]?.Number;

    public void Set(Field field, FieldValue value)
    {
        if (!_ownsFields) Fields = Fields.Clone();
        _ownsFields = true;
        Fields.Set(field, value);
    }

    public void SetOption(Field field, FieldValue value)
    {
        if (!_ownsOptions) PortOptions = PortOptions.Clone();
        _ownsOptions = true;
        PortOptions.Set(field, value);
    }

    /// <summary>A port that joins a bridge, or leaves it, has the kernel's defaults from then on.</summary>
    public void ForgetPort()
    {
        PortOptions = s_none;
        _ownsOptions = false;
        Vlans = null;
        Rejoined = true;
    }

    public List<AddressState> EditAddresses() => _addresses ??= [.. Addresses];

    public bool Has(IpCidr address)
    {
        foreach (var a in Addresses)
        {
            if (a.Cidr == address) return true;
        }

        return false;
    }

    public LinkState ToState(VlanTable? vlans) => new()
    {
        Index = _origin?.Index ?? 0,
        Name = Name,
        Type = Type,
        Kind = _origin?.Kind ?? "",
        Up = Up,
        Carrier = Carrier,
        OperState = _origin?.OperState ?? "unknown",
        Controller = Controller,
        LowerElsewhere = LowerElsewhere,
        Fields = Fields,
        PortOptions = PortOptions,
        Vlans = vlans,
        Addresses = [.. Addresses],
        PermanentMac = _origin?.PermanentMac,
    };
}
