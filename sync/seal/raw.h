// Raw: strings as libsodium wants them.  Inside seal only.
#pragma once

#include <string>
#include <string_view>

namespace machikoe::seal {

inline const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace machikoe::seal
