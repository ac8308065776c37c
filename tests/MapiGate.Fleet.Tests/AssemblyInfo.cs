// Servers and gates run in processes of their own, and the tests watch the clock: beside others they would time those, too.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
