namespace NodeAgent.Network.View;

/// <summary>Something an operator should see first.</summary>
/// <param name="Link">The link it is about, or null.</param>
/// <param name="Message">One sentence, which goes on where the name of its object ends.</param>
/// <param name="Mac">The MAC address it is about, or null.</param>
public sealed record Problem(string? Link, string Message, string? Mac = null)
{
    /// <summary>The name of what it is about, or null.</summary>
    public string? Object => Link ?? Mac;
}
