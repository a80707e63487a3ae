// CountBytes: counts as bytes and back.  For the .cpp files that save counts.
//
// A CountWriter and a CountReader take the same calls, so that one function says what is saved and
// in which order.  Numbers are zigzag varints.  The reader refuses what is not there, is no count
// or claims more elements than there are bytes; after that it reads zeros and failed() says so.
// sealed_counts() puts a name and a SHA-256 around the bytes: damage is always noticed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/base/result.h"

namespace machikoe {

inline constexpr std::int64_t kMostCounted = 1'000'000'000'000;

class CountWriter {
  public:
    void number(const std::int64_t& number) {
        auto left =
            (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
        for (; left >= 0x80; left >>= 7) bytes_ += static_cast<char>(left | 0x80);
        bytes_ += static_cast<char>(left);
    }
    void count(const std::int64_t& count) { number(count); }
    void text(const std::string& text) {
        number(static_cast<std::int64_t>(text.size()));
        bytes_ += text;
    }
    template <class T, class Each>
    void list(std::vector<T>& all, Each&& each) {
        number(static_cast<std::int64_t>(all.size()));
        for (T& item : all) each(item);
    }
    /// `key` and `value` take what they are to write.
    template <class Map, class Key, class Value>
    void map(Map& all, Key&& key, Value&& value) {
        number(static_cast<std::int64_t>(all.size()));
        for (auto& [k, v] : all) {
            typename Map::key_type name = k;
            key(name);
            value(v);
        }
    }
    void expect(bool) {}
    std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_;
};

class CountReader {
  public:
    explicit CountReader(std::string_view bytes) : bytes_(bytes) {}
    void number(std::int64_t& number);
    void count(std::int64_t& count);
    void text(std::string& text);
    template <class T, class Each>
    void list(std::vector<T>& all, Each&& each) {
        all.clear();
        for (std::int64_t left = elements(); left > 0 && !failed_; --left) each(all.emplace_back());
    }
    template <class Map, class Key, class Value>
    void map(Map& all, Key&& key, Value&& value) {
        all.clear();
        for (std::int64_t left = elements(); left > 0 && !failed_; --left) {
            typename Map::key_type name{};
            key(name);
            value(all[name]);
        }
    }
    /// What was read must be so.
    void expect(bool holds) { failed_ |= !holds; }
    bool failed() const { return failed_; }
    bool at_end() const { return bytes_.empty(); }

  private:
    std::int64_t elements();
    std::string_view bytes_;
    bool failed_ = false;
};

/// Of as many as there are on both sides.
template <class Archive>
void walk_counts(Archive& archive, std::vector<std::int64_t>& counts) {
    auto size = static_cast<std::int64_t>(counts.size());
    archive.number(size);
    archive.expect(size == static_cast<std::int64_t>(counts.size()));
    for (std::int64_t& count : counts) archive.count(count);
}

std::string sealed_counts(std::string_view name, std::string_view body);
/// Corrupt: damaged, or another thing altogether.
Result<std::string_view> opened_counts(std::string_view name, std::string_view bytes);

}  // namespace machikoe
