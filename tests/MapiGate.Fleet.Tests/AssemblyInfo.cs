// Most of the time is spent waiting for servers; whoever measures runs alone, after the others.
[assembly: CollectionBehavior(MaxParallelThreads = 5)]
