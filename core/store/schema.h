// The tables of a project file and the way from every older version to the newest. A file says in its header that it
// is a project (application_id) and which version (user_version). Private to core/store.
#pragma once

#include "core/store/database.h"

namespace chladni::store {

inline constexpr std::int64_t kApplicationId = 0x43484C44;  // "CHLD"

// The version this program writes.
std::int64_t newestVersion();
// Fills an empty database; refuses (invalidArgument) one that holds anything.
Result<void> createSchema(Database& database);
// corruptData when it is no project, unsupported when it was made by a newer Chladni. Older ones are brought up to date
// in one transaction, after a copy "<name>.v<version>" was put beside; read-only ones must be of the newest version.
Result<void> bringUpToDate(Database& database, bool readOnly);

}  // namespace chladni::store
