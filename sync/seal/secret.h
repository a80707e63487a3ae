// Secret: bytes that nobody but this process may ever read.
//
// Locked into memory (never swapped), between guard pages, out of core dumps, overwritten when
// they go.  Moved, never copied.  libsodium's memory; aborts when there is none: to go on with
// a key in ordinary memory would be a promise broken in silence.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace machikoe {

class Secret {
  public:
    explicit Secret(std::size_t size);  // zeros
    static Secret random(std::size_t size);
    static Secret copy_of(std::string_view bytes);

    unsigned char* data() { return bytes_.get(); }
    const unsigned char* data() const { return bytes_.get(); }
    std::size_t size() const { return size_; }
    std::string_view view() const { return {reinterpret_cast<const char*>(data()), size_}; }

  private:
    struct Free {
        void operator()(unsigned char* bytes) const;
    };
    std::unique_ptr<unsigned char, Free> bytes_;
    std::size_t size_;
};

/// Overwrites bytes that held a secret for a moment, whatever the optimiser thinks.
void wipe(void* bytes, std::size_t size);
template <class Bytes>
void wipe(Bytes& bytes) {
    wipe(bytes.data(), bytes.size());
}

}  // namespace machikoe
