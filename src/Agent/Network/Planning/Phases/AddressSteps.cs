using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Steps for addresses.</summary>
internal static class AddressSteps
{
    public static PlanStep Add(Draft draft, string link, IpCidr address, string reason) => new AddAddressStep
    {
        Kind = draft.KindOf(link),
        Link = link,
        Address = address,
        Changes = [new Change(FieldOf(address), null, address.ToString())],
        Reason = reason,
        Policy = draft.PolicyOf(link),
    };

    public static PlanStep Remove(Draft draft, string link, IpCidr address, string reason) => new RemoveAddressStep
    {
        Kind = draft.KindOf(link),
        Link = link,
        Address = address,
        Changes = [new Change(FieldOf(address), address.ToString(), null)],
        Reason = reason,
        Policy = draft.PolicyOf(link),
    };

    private static string FieldOf(IpCidr address) => address.IsIpv6 ? "ipv6.address" : "ipv4.address";
}
