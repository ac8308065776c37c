// Most of the time is spent waiting for servers; whoever counts seconds runs alone, after the others.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
