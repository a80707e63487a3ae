#include "app/plan/fault.h"

namespace machikoe {

std::string to_string(const PackFault& fault) {
    std::string text = fault.file;
    if (fault.line > 0) text += ":" + std::to_string(fault.line);
    return text + ": " + fault.reason;
}

}  // namespace machikoe
