// How the agreement of two sets of labels is printed, by `annotations agree` and `project agree` alike. Pure functions.
#pragma once

#include <string>

#include "core/metrics/label_agreement.h"
#include "core/serial/json_value.h"

namespace chladni::cli {

serial::JsonValue agreementJson(const metrics::LabelAgreement& agreement);
std::string agreementText(const metrics::LabelAgreement& agreement);

}  // namespace chladni::cli
