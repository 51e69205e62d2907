// The one way in which the parts of Project change anything. Private to core/store.
#pragma once

#include <utility>

#include "core/store/database.h"
#include "core/store/journal.h"
#include "core/store/project.h"

namespace chladni::store {

template <class Change>
Result<bool> Project::edit(const std::string& editName, Change&& change) {
  if (readOnly_)
    return fail(ErrorCode::io, path().string() + ": the project is in a read-only place; copy it to a folder of your own to edit it");
  if (together_) {
    if (Result<void> done = change(); !done) return fail(done.error());
    return true;
  }
  return Journal(*database_).edit(editName, std::forward<Change>(change));
}

inline std::int64_t raw(FileId id) { return static_cast<std::int64_t>(id); }
inline std::int64_t raw(TrackId id) { return static_cast<std::int64_t>(id); }
inline std::int64_t raw(LabelId id) { return static_cast<std::int64_t>(id); }

}  // namespace chladni::store
