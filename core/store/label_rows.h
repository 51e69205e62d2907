// A label as a row of the table and back. Private to core/store.
#pragma once

#include "core/data/label.h"
#include "core/store/database.h"

namespace chladni::store {

// In the order in which readLabel and bindLabel count them.
inline constexpr const char* kLabelColumns =
    "start_ns,end_ns,text,low_hz,high_hz,confidence,state,author,model,weights_sha256,threshold,attributes";
inline constexpr int kLabelColumnCount = 12;

// From the row that `statement` stands on, kLabelColumns beginning at `first`. corruptData names the broken field.
Result<Label> readLabel(const Statement& statement, int first);
// To kLabelColumnCount parameters from `first`. invalidArgument when a text is no UTF-8 or the label breaks a rule.
Result<void> bindLabel(Statement& statement, int first, const Label& label);

}  // namespace chladni::store
