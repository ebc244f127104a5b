using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Tests.Unit.Health;

/// <summary>Bonds in every state.</summary>
internal static class BondMaker
{
    public const string Switch = "12:8b:54:e4:de:64";
    public const string OtherSwitch = "ca:6a:a7:db:66:37";
    public const string Nobody = "00:00:00:00:00:00";

    /// <summary>Activity, fast, aggregation, synchronization, collecting, distributing.</summary>
    public const LacpState Agreed = (LacpState)63;

    /// <summary>As the kernel shows a port that heard nobody: fixtures/bonding/one-partner-gone.txt.</summary>
    public const LacpState Defaulted = (LacpState)71;

    public static BondCase Lacp(params LinkState[] ports) => Of(BondMode.Lacp, ports) with
    {
        Bond = Bond(BondMode.Lacp, new BondStatus { Aggregator = 1, AggregatorPorts = ports.Count(static p => p.BondPort?.Aggregator == 1), PartnerMac = Switch }),
    };

    public static BondCase Of(long mode, params LinkState[] ports) => new() { Bond = Bond(mode, new BondStatus()), Ports = ports };

    public static LinkState Bond(long mode, BondStatus status, bool carrier = true, bool up = true, params (Field Field, long Value)[] options)
    {
        var fields = new FieldSet().Set(BondFields.Mode, mode).Set(BondFields.Miimon, 100);
        if (mode == BondMode.Lacp) fields.Set(BondFields.LacpRate, 1);
        if (mode is BondMode.Lacp or BondMode.BalanceXor) fields.Set(BondFields.XmitHashPolicy, 1);
        foreach (var (field, value) in options) fields.Set(field, value);
        return new LinkState { Name = "bond0", Type = InterfaceType.Bond, Up = up, Carrier = carrier, Fields = fields, Bond = status };
    }

    public static LinkState Port(string name, Func<BondPortStatus, BondPortStatus>? change = null, bool carrier = true, bool up = true)
    {
        var status = new BondPortStatus
        {
            Active = true,
            Aggregator = 1,
            Actor = Agreed,
            Partner = Agreed,
            Monitor = carrier && up ? LinkMonitorState.Up : LinkMonitorState.Down,
            Detail = new BondPortDetail { PartnerMac = Switch, PartnerKey = 15, PartnerPort = 1, ActorChurn = ChurnState.None, PartnerChurn = ChurnState.None, Speed = 10000, Duplex = "full" },
        };
        return new LinkState { Name = name, Type = InterfaceType.Ethernet, Controller = "bond0", Up = up, Carrier = carrier, BondPort = change?.Invoke(status) ?? status };
    }

    public static BondPortStatus Detail(this BondPortStatus port, Func<BondPortDetail, BondPortDetail> change) => port with { Detail = change(port.Detail!) };

    /// <summary>The port without a partner.</summary>
    public static BondPortStatus Alone(this BondPortStatus port) =>
        (port with { Actor = Defaulted, Partner = LacpState.None, Aggregator = 2, Active = false }).Detail(static d => d with { PartnerMac = Nobody, PartnerKey = 1 });

    /// <summary>The port with another partner.</summary>
    public static BondPortStatus Elsewhere(this BondPortStatus port, string mac, int aggregator = 2) =>
        (port with { Actor = (LacpState)7, Partner = (LacpState)15, Aggregator = aggregator, Active = false }).Detail(d => d with { PartnerMac = mac });
}
