using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Schema;
using NodeAgent.Network.Spec;

namespace NodeAgent.Tests.Unit.Planning;

/// <summary>Nodes to plan against, made by simulated documents.</summary>
internal static class Lab
{
    public static NetworkSnapshot Nics(params string[] names)
    {
        var snapshot = new NetworkSnapshot();
        var n = 0;
        foreach (var name in names)
        {
            n++;
            var mac = $"52:54:00:00:00:{n:x2}";
            snapshot.Put(new LinkState
            {
                Index = n,
                Name = name,
                Type = InterfaceType.Ethernet,
                Up = true,
                Carrier = true,
                PermanentMac = mac,
                Fields = new FieldSet().Set(CommonFields.Mtu, 1500).Set(CommonFields.MacAddress, mac),
            });
        }

        return snapshot;
    }

    public static NetworkSnapshot LayoutNics() => Nics("enp1s0", "enp2s0", "enp1s1", "enp2s1");

    public static NetworkSnapshot WithTaps(NetworkSnapshot snapshot, string bridge, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            snapshot.Put(new LinkState { Name = $"tap{i}", Type = InterfaceType.Tun, Up = true, Controller = bridge, Fields = new FieldSet().Set(CommonFields.Mtu, 1500) });
        }

        return snapshot;
    }

    /// <summary>Fills in the fields that the kernel reports of every link, so that a later document finds a former value of each.</summary>
    public static NetworkSnapshot Complete(NetworkSnapshot snapshot)
    {
        foreach (var link in snapshot.Links.Values)
        {
            foreach (var (field, value) in Defaults(link.Type))
            {
                if (!link.Fields.Contains(field)) link.Fields.Set(field, value);
            }
        }

        return snapshot;
    }

    private static (Field Field, FieldValue Value)[] Defaults(InterfaceType type) => type switch
    {
        InterfaceType.Bond =>
        [
            (BondFields.Miimon, FieldValue.Of(0)), (BondFields.LacpRate, FieldValue.Of(0)), (BondFields.Primary, FieldValue.Of("")), (BondFields.XmitHashPolicy, FieldValue.Of(0)),
            (BondFields.ArpInterval, FieldValue.Of(0)), (BondFields.FailOverMac, FieldValue.Of(0)), (BondFields.Updelay, FieldValue.Of(0)),
        ],
        InterfaceType.LinuxBridge => [(BridgeFields.StpEnabled, FieldValue.Of(false)), (BridgeFields.VlanFiltering, FieldValue.Of(false)), (BridgeFields.VlanDefaultPvid, FieldValue.Of(1))],
        InterfaceType.Vlan => [(VlanFields.Protocol, FieldValue.Of(0x8100)), (VlanFields.ReorderHeaders, FieldValue.Of(true)), (VlanFields.LooseBinding, FieldValue.Of(false))],
        InterfaceType.Vxlan => [(VxlanFields.Port, FieldValue.Of(8472))],
        _ => [],
    };

    public static DesiredState Read(string yaml)
    {
        var result = DocumentReader.Read("test.yaml", yaml);
        return result.Document?.Desired ?? throw new ArgumentException(string.Join("\n", result.Errors));
    }

    public static DesiredState Example(string name) => Read(File.ReadAllText(Path.Combine(Spec.Examples.Folder, name)));

    public static Plan Plan(NetworkSnapshot now, DesiredState desired, Ownership? ownership = null, params string[] allow) => Planner.Plan(new PlanRequest
    {
        Desired = desired,
        Observed = now,
        Ownership = ownership ?? Ownership.None,
        AllowDisrupt = allow.ToHashSet(),
    });

    public static Plan Plan(NetworkSnapshot now, string yaml, Ownership? ownership = null, params string[] allow) => Plan(now, Read(yaml), ownership, allow);

    /// <summary>The node after a document was applied.</summary>
    public static NetworkSnapshot After(NetworkSnapshot now, DesiredState desired)
    {
        var plan = Plan(now, desired);
        if (plan.Refusals.Count > 0) throw new InvalidOperationException(string.Join("\n", plan.Refusals.Select(r => r.Message)));
        return PlanSimulator.Apply(now, plan.Steps);
    }

    public static string Text(Plan plan)
    {
        var text = new StringWriter { NewLine = "\n" };
        PlanText.Write(plan, text, color: false);
        return text.ToString();
    }
}
