// keepFreedMemory(): from now on this process keeps what it frees for its next allocation. A step of learning frees and asks
// again for the same hundreds of megabytes; by default glibc hands blocks of that size back to the system, which fills
// them with zeros, page by page, the next time (measured: a fifth of a step of CAV-MAE base). For processes that train.
// Does nothing with other C libraries.
#pragma once

namespace chladni::nn {

void keepFreedMemory();

}  // namespace chladni::nn
