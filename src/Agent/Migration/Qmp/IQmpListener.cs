using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Qmp;

/// <summary>Is told the events of a monitor, one at a time; must return at once.</summary>
internal interface IQmpListener
{
    void Heard(in QmpMessage message, TimeSpan at);
}
