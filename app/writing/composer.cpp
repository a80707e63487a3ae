#include "app/writing/composer.h"

namespace machikoe {

std::string Preedit::text() const {
    std::string all;
    for (const std::string& part : parts) all += part;
    return all;
}

void Preedit::forget() {
    for (std::string& part : parts) wipe(part);
    for (std::string& candidate : candidates) wipe(candidate);
    *this = {};
}

}  // namespace machikoe
