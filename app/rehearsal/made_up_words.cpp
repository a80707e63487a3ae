#include "app/rehearsal/made_up_words.h"

namespace machikoe {
namespace {

class MadeUpConverter final : public KanaConverter {
  public:
    ConverterState state() override { return ConverterState::Ready; }
    Result<std::vector<std::string>> suggest(std::string_view) override { return words(); }
    Result<Converted> convert(std::string_view) override { return now(); }
    Result<Converted> choose(std::size_t candidate) override {
        chosen_ = candidate;
        return now();
    }
    Result<Converted> focus(std::size_t part) override {
        focused_ = part;
        return now();
    }
    Status drop() override {
        chosen_ = focused_ = 0;
        return {};
    }

  private:
    /// From one letter to a whole clause.
    static std::vector<std::string> words() {
        return {"公園", "公園の", "講演", "公演", "後援", "公園の木", "町", "公園の花壇の手入れを"};
    }
    Result<Converted> now() const {
        const auto all = words();
        const std::string first = focused_ == 0 ? all[chosen_] : all.front();
        const std::string second = focused_ == 1 ? all[chosen_] : all[5];
        return Converted{{first, second}, focused_, all, chosen_};
    }

    std::size_t chosen_ = 0, focused_ = 0;
};

}  // namespace

WritingEngines made_up_engines() {
    return {.kana = [] { return std::make_unique<MadeUpConverter>(); },
            .pinyin = engines_of_this_machine().pinyin};
}

}  // namespace machikoe
