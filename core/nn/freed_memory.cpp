#include "core/nn/freed_memory.h"

#include <malloc.h>

namespace chladni::nn {

void keepFreedMemory() {
#ifdef __GLIBC__
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, -1);
#endif
}

}  // namespace chladni::nn
