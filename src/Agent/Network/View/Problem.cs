namespace NodeAgent.Network.View;

/// <summary>Something an operator should see first.</summary>
/// <param name="Link">The link it is about, or null.</param>
/// <param name="Message">One sentence.</param>
public sealed record Problem(string? Link, string Message);
