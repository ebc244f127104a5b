using System.Net;
using NodeAgent.Network.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>Addresses as text.</summary>
internal static class AddressMapping
{
    /// <exception cref="FormatException">It is no address with a prefix length.</exception>
    public static IpCidr Cidr(string text) => IpCidr.TryParse(text, out var cidr) ? cidr : throw new FormatException($"'{text}' is no address with a prefix length");

    /// <summary>Null where the field is not set.</summary>
    /// <exception cref="FormatException">It is no address.</exception>
    public static IPAddress? Address(bool isSet, string text) => isSet ? IPAddress.Parse(text) : null;
}
