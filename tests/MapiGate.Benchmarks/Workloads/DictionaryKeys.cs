namespace MapiGate.Benchmarks;

/// <summary>What a server that keeps its sessions in a dictionary numbers them by.</summary>
internal enum DictionaryKeys
{
    /// <summary>1, 2, 3, from one counter: the best a dictionary can hope for, since neighbours in time are neighbours in memory.</summary>
    Consecutive,

    /// <summary>Numbers that a client cannot guess, as those it is given must be.</summary>
    Random,
}
