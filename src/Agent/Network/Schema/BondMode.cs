namespace NodeAgent.Network.Schema;

/// <summary>The kernel's bonding modes (linux/if_bonding.h).</summary>
public static class BondMode
{
    public const int BalanceRr = 0;
    public const int ActiveBackup = 1;
    public const int BalanceXor = 2;
    public const int Broadcast = 3;
    public const int Lacp = 4;
    public const int BalanceTlb = 5;
    public const int BalanceAlb = 6;
}
