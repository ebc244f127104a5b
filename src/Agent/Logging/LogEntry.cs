using Microsoft.Extensions.Logging;

namespace NodeAgent.Logging;

/// <summary>What is to be written as one line.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Area">One of <see cref="LogAreas"/>.</param>
/// <param name="Event">Id and name.</param>
/// <param name="Message">The sentence.</param>
/// <param name="Fields">What the sentence was made of; null: unknown.</param>
/// <param name="Exception">What happened, if that is known.</param>
/// <param name="Detailed">For people: exceptions with their traces.</param>
internal readonly record struct LogEntry(LogLevel Level, string Area, EventId Event, string Message, IReadOnlyList<KeyValuePair<string, object?>>? Fields, Exception? Exception, bool Detailed);
