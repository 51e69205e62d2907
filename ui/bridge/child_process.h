// A child process that a thread sanitizer can follow. Qt starts children by vfork, which shares memory with the child;
// there the sanitizer switches itself off, for the parent as well, and sees races where none are. With a modifier, of
// whatever kind, Qt forks truly. Nothing happens in other builds.
#pragma once

#include <QProcess>

namespace chladni::ui {

inline void forkTruly([[maybe_unused]] QProcess& process) {
#ifdef __SANITIZE_THREAD__
  process.setChildProcessModifier([] {});
#endif
}

}  // namespace chladni::ui
