// One more at a time than the two processors of CI: a test that waits for over a minute in real time takes nobody's place.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
