using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>What is new.</summary>
/// <param name="First">It is the state at the beginning, with all that happened before.</param>
/// <param name="Events">In order.</param>
/// <param name="Changed">As they are now.</param>
internal sealed record MigrationNews(bool First, IReadOnlyList<MigrationEvent> Events, IReadOnlyList<Api.V1.Migration> Changed);
