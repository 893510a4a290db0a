// Real processes share two cores, ports and the machine's memory: one test at a time, or their times mean nothing.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
