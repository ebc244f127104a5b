using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.History;

/// <summary>A line of what is under way.</summary>
/// <param name="Open">With the passes, verdicts and phases since the line before; null: it was closed.</param>
/// <param name="Boot">The boot of the kernel that its process belongs to.</param>
/// <param name="Id">Of the migration.</param>
internal sealed record OpenLine(OpenMigration? Open, string Boot, string Id);
