#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#ifdef __SANITIZE_THREAD__
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdarg>

// Qt starts children in the memory of the parent (CLONE_VM | CLONE_VFORK). There the thread sanitizer switches itself off
// for the child, and thereby for the parent, and from then on sees races where locks are. Here children get their own.
extern "C" int clone(int (*run)(void*), void* /*stack*/, int flags, void* argument, ...) {
  va_list rest;
  va_start(rest, argument);
  auto* parentId = va_arg(rest, int*);
  va_end(rest);
  const long child = syscall(SYS_clone, flags & ~(CLONE_VM | CLONE_VFORK), nullptr, parentId, nullptr, nullptr);
  if (child == 0) _exit(run(argument));
  return static_cast<int>(child);
}
#endif

int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
