using Dispatch.Processes;

// One PostgreSQL for the whole test run, started by the first test that needs it.
[assembly: AssemblyFixture(typeof(PostgresServer))]
