namespace NodeAgent.Network.Model;

/// <summary>What a scalar field holds.</summary>
public enum FieldType
{
    Flag,
    Number,
    Choice,

    /// <summary>A MAC address, lower case with colons.</summary>
    Mac,

    /// <summary>The name of another link.</summary>
    LinkName,

    /// <summary>An IP address.</summary>
    Address,

    /// <summary>Several IP addresses, joined by commas and sorted as written.</summary>
    AddressList,
}
