// FakeConverter: a kana converter with a few words, which fails when it is told to.
#pragma once

#include <cassert>
#include <memory>
#include <vector>

#include "app/writing/kana_converter.h"

namespace machikoe {

/// What a test sets and sees; lives longer than the converter.
struct FakeWords {
    ConverterState state = ConverterState::Ready;
    bool fails = false;
    int drops = 0;
    bool is_alive = true;
    std::vector<std::string> suggestions;
    std::vector<std::vector<std::string>> parts;  // candidates of each
};

class FakeConverter final : public KanaConverter {
  public:
    explicit FakeConverter(FakeWords& words) : words_(words) { words_.is_alive = true; }
    ~FakeConverter() override { words_.is_alive = false; }

    ConverterState state() override { return words_.state; }
    Result<std::vector<std::string>> suggest(std::string_view) override {
        if (words_.fails) return failed();
        return words_.suggestions;
    }
    Result<Converted> convert(std::string_view) override {
        chosen_.assign(words_.parts.size(), 0);
        focused_ = 0;
        return now();
    }
    Result<Converted> choose(std::size_t candidate) override {
        assert(candidate < words_.parts[focused_].size());
        chosen_[focused_] = candidate;
        return now();
    }
    Result<Converted> focus(std::size_t part) override {
        assert(part < words_.parts.size());
        focused_ = part;
        return now();
    }
    Status drop() override {
        ++words_.drops;
        if (words_.fails) return failed();
        return {};
    }

  private:
    static tl::unexpected<Error> failed() { return fail(ErrorCode::Unavailable, "fake"); }
    Result<Converted> now() {
        if (words_.fails) {
            words_.state = ConverterState::Ended;
            return failed();
        }
        Converted converted;
        for (std::size_t i = 0; i < words_.parts.size(); ++i)
            converted.parts.push_back(words_.parts[i][chosen_[i]]);
        converted.focused = focused_;
        converted.candidates = words_.parts[focused_];
        converted.chosen = chosen_[focused_];
        return converted;
    }

    FakeWords& words_;
    std::vector<std::size_t> chosen_;
    std::size_t focused_ = 0;
};

}  // namespace machikoe
