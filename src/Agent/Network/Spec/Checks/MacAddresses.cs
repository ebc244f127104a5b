using System.Globalization;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>The kernel takes a link's own MAC only where it is unicast and not zero (is_valid_ether_addr).</summary>
internal static class MacAddresses
{
    public static void Check(CheckContext context)
    {
        foreach (var spec in context.Present)
        {
            if (spec.Fields.Text(CommonFields.MacAddress) is not { Length: > 1 } mac) continue;
            var first = int.Parse(mac.AsSpan(0, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if ((first & 1) != 0) context.Error(spec, CommonFields.MacAddress, $"{mac} is a multicast address; a link's own has an even first byte, such as 02");
            else if (mac == "00:00:00:00:00:00") context.Error(spec, CommonFields.MacAddress, "a link cannot have the MAC of zeros; remove it to keep the link's own");
        }
    }
}
