// One more than this machine's processors of CI: a test that waits in real time for over a minute takes nobody's place.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
