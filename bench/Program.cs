using NodeAgent.Bench;
using NodeAgent.Bench.Harness;

return Runner.Run(args, Benches.All);
