"""What the benchmarks share: data sets, rivals, a process for each run, and judges."""
