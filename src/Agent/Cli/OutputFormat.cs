namespace NodeAgent.Cli;

/// <summary>-o: for people, or for programs.</summary>
public enum OutputFormat
{
    Table,
    Json,
    Yaml,
}
