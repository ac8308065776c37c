// Several tests weigh the process's memory or watch the clock: beside others they would weigh those, too.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
