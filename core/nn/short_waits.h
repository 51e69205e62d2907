// useShortWaits(): makes the threads of libgomp, which torch and oneDNN compute with, sleep soon when they wait for each other. By
// default a waiting thread spins for milliseconds as long as the process has no more OpenMP threads than the machine cores; where
// other programs want those cores, a thread that has none is then waited for by one that burns its own (measured: an hour of sound
// through instruments-s beside three other programs on two cores 64 s, with short waits 7 s; alone 3.8 and 3.4 s). Nothing but the
// environment can say so before the library is loaded, but libgomp itself waits shortly once it has more threads than there
// are cores: so a team that does nothing is kept for the life of the process. Does nothing when OMP_WAIT_POLICY or GOMP_SPINCOUNT
// is set. Any thread; once.
#pragma once

namespace chladni::nn {

void useShortWaits();

}  // namespace chladni::nn
