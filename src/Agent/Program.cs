using NodeAgent.Cli;
using NodeAgent.Cli.Run;

return CommandLine.Run(args, RealHost.Create(EngineFactory.ForCommand));
