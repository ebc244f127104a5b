namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>Is told which fields are of another type than they should be; such a field counts as absent.</summary>
internal interface IFieldProblems
{
    /// <param name="field">"ram.total"</param>
    /// <param name="message">"expected a number of bytes, found "much""</param>
    void Wrong(string field, string message);
}
