namespace NodeAgent.Network.Kernel;

/// <summary>Names and interface indexes of the links of a namespace.</summary>
internal interface INames
{
    /// <summary>Null where no link has the index.</summary>
    string? NameOf(int index);

    /// <summary>0 where no link has the name.</summary>
    int IndexOf(string name);
}
