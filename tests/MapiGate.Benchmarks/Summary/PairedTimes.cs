namespace MapiGate.Benchmarks;

/// <summary>What pairs of measurements came to: the medians of each side, in one unit, and of their ratios.</summary>
internal readonly record struct PairedTimes(double Ours, double Floor, double Ratio);
