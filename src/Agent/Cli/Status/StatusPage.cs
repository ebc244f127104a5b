namespace NodeAgent.Cli.Status;

/// <summary>What `status` shows.</summary>
/// <param name="Node">The node, as the agent or this process sees it.</param>
/// <param name="Socket">Where the agent was asked; null: none answered, and this process looked for itself.</param>
internal sealed record StatusPage(Api.V1.Node Node, string? Socket)
{
    /// <summary>Parts that do not do their work first, then what is wrong with the network.</summary>
    public IEnumerable<Api.V1.Problem> Problems
    {
        get
        {
            foreach (var part in Node.Parts)
            {
                if (!part.Ready) yield return new Api.V1.Problem { Object = part.Name, Message = "is not ready: " + part.Reason };
            }

            foreach (var problem in Node.Problems) yield return problem;
        }
    }
}
