// The floor of every program on this runtime: one line to standard output, by the shortest way.
using var output = System.Console.OpenStandardOutput();
output.Write("hello\n"u8);
