using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Names a bond's primary port once the port is there; one that was forgotten while its port was off is named again.</summary>
internal static class BondPrimary
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (goal.IsPresent && goal.Type == InterfaceType.Bond && goal.Fields[BondFields.Primary] is { } wanted) Set(draft, goal.Name, wanted, "a primary is named once it is a port");
        }

        foreach (var name in draft.State.Disturbed.ToArray())
        {
            if (draft.Goals.Find(name) is { } goal && (!goal.IsPresent || goal.Fields.Contains(BondFields.Primary))) continue;
            if (draft.Observed.Find(name) is not { Type: InterfaceType.Bond } before || before.Fields[BondFields.Primary] is not { Text.Length: > 0 } former) continue;
            if (TakesPrimary(draft, name)) Set(draft, name, former, "it was the primary before it was taken off the bond");
        }
    }

    private static bool TakesPrimary(Draft draft, string name) =>
        draft.State.Find(name)?.Fields[BondFields.Mode]?.Number is { } mode && BondFields.ModesOf(BondFields.Primary)!.Contains((int)mode);

    private static void Set(Draft draft, string bond, FieldValue primary, string reason)
    {
        if (draft.State.Find(bond) is not { } link || FieldEquality.Same(BondFields.Primary, link.Fields[BondFields.Primary], primary)) return;
        if (primary.Text is { Length: > 0 } port && draft.State.Find(port)?.Controller != bond) return;
        LinkSteps.SetFields(draft, bond, new FieldSet().Set(BondFields.Primary, primary), reason);
    }
}
