using NodeAgent.Cli;

return CommandLine.Run(args, RealHost.Create(static _ => throw new CliException(ExitCode.Failed, "the engine is not there yet")));
