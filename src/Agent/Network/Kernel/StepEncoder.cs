using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Kernel;

/// <summary>Turns one step of a plan into the requests that carry it out. Decides nothing: what, whether and when is the planner's.</summary>
internal sealed class StepEncoder(INames names)
{
    /// <summary>The links whose index a step needs: they must exist before its requests can be written.</summary>
    public static IEnumerable<string> Needs(PlanStep step)
    {
        switch (step)
        {
            case CreateLinkStep create when create.Fields.AsSpan().Length > 0:
                if (create.Fields.BaseLink is { } lower) yield return lower;
                break;
            case SetFieldsStep set:
                if (set.Fields.BaseLink is { } link) yield return link;
                if (set.Fields.Text(Schema.BondFields.Primary) is { Length: > 0 } primary) yield return primary;
                break;
            case SetControllerStep { Controller: { } controller }:
                yield return controller;
                break;
            case SetVlansStep or AddAddressStep or RemoveAddressStep or SetPortOptionsStep:
                yield return step.Link;
                break;
            case AddRouteStep { Route.Device: { } device }:
                yield return device;
                break;
            case RemoveRouteStep { Route.Device: { } device }:
                yield return device;
                break;
        }
    }

    /// <summary>Appends the requests of a step.</summary>
    public void Encode(PlanStep step, NetlinkBatch batch)
    {
        switch (step)
        {
            case CreateLinkStep create:
                var link = LinkBinding.Write(create.Link, create.Type, create.Fields, names);
                link.Kind = LinkBinding.KindOf(create.Type);
                // What a new bridge has anyway; a kernel without VLAN filtering refuses even to turn it off.
                if (link.Data is Bridge { VlanFiltering: false } bridge) bridge.VlanFiltering = null;
                batch.NewLink(link, create: true, $"create {create.Kind}", create.Link);
                break;
            case RemoveLinkStep:
                batch.DeleteLink(step.Link, $"remove {step.Kind}", step.Link);
                break;
            case SetFieldsStep set:
                batch.SetLink(LinkBinding.Write(set.Link, set.Type, set.Fields, names), "set " + Describe(set), set.Link);
                break;
            case SetUpStep up:
                batch.SetLink(new LinkMessage { Name = up.Link }.SetUp(up.Up), up.Up ? "set up" : "set down", up.Link);
                break;
            case SetControllerStep set:
                var master = set.Controller is { } controller ? names.IndexOf(controller) : 0;
                batch.SetLink(new LinkMessage { Name = set.Link, Master = master }, set.Controller is null ? "detach port" : $"attach to {set.Controller} port", set.Link);
                break;
            case SetPortOptionsStep set:
                batch.SetLink(PortOptions(set), "set " + Describe(set) + " of port", set.Link);
                break;
            case SetVlansStep vlans:
                Encode(vlans, batch);
                break;
            case AddAddressStep add:
                batch.NewAddress(Address(add.Link, add.Address), replace: true, $"add address {add.Address} to", add.Link);
                break;
            case RemoveAddressStep remove:
                batch.DeleteAddress(Address(remove.Link, remove.Address), $"remove address {remove.Address} from", remove.Link);
                break;
            case AddRouteStep add:
                batch.NewRoute(RouteMapping.ToKernel(add.Route, names), replace: true, "add route", Describe(add.Route));
                break;
            case RemoveRouteStep remove:
                batch.DeleteRoute(RouteMapping.ToKernel(remove.Route, names), "remove route", Describe(remove.Route));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.GetType().Name, "A step without an encoding.");
        }
    }

    private void Encode(SetVlansStep step, NetlinkBatch batch)
    {
        var index = names.IndexOf(step.Link);
        var on = step.Self ? BridgeVlanTarget.Self : BridgeVlanTarget.Master;
        if (!step.Remove.IsEmpty) batch.DeleteBridgeVlans(index, VlanMapping.ToKernel(Plain(step.Remove)), on, $"remove VLANs {step.Remove} from", step.Link);
        if (!step.Add.IsEmpty) batch.AddBridgeVlans(index, VlanMapping.ToKernel(step.Add), on, $"add VLANs {step.Add} to", step.Link);
    }

    // Flags mean nothing in a removal, and a range must not carry PVID.
    private static VlanTable Plain(VlanTable table) => VlanTable.Of(table.Ranges.Select(r => new VlanRange(r.First, r.Last)));

    private LinkMessage PortOptions(SetPortOptionsStep step) => new()
    {
        Index = names.IndexOf(step.Link),
        Name = null,
        PortKind = LinkKinds.Bridge,
        PortData = BridgeBinding.WritePort(step.Options),
    };

    private AddressMessage Address(string link, IpCidr address) =>
        AddressMessage.For(names.IndexOf(link), InetAddress.FromIPAddress(address.Address), (byte)address.PrefixLength);

    private static string Describe(PlanStep step) => string.Join(", ", step.Changes.Select(c => c.Field));

    private static string Describe(RouteState route) =>
        (route.IsDefault ? "default" : route.Destination.ToString())
        + (route.Gateway is null ? "" : " via " + route.Gateway)
        + (route.Device is null ? "" : " dev " + route.Device);
}
