#include "app/writing/composer.h"
#include "app/writing/letter_marks.h"

namespace machikoe {
namespace {

class DirectComposer final : public Composer {
  public:
    explicit DirectComposer(AccentRule rule) : rule_(rule) {}

    KeyOutcome press(const Key& key, Draft& draft) override {
        switch (key.action) {
            case KeyAction::Insert:
                return draft.append(key.text);
            case KeyAction::Space:
                return draft.append(" ");
            case KeyAction::Delete:
                return draft.remove_last();
            case KeyAction::Accent:
                return accent(key.text, draft);
            default:
                return KeyOutcome::Nothing;
        }
    }
    KeyOutcome choose(std::size_t, Draft&) override { return KeyOutcome::Nothing; }
    KeyOutcome commit(Draft&) override { return KeyOutcome::Nothing; }
    const Preedit& preedit() const override { return none_; }
    Conversion conversion() override { return Conversion::NotNeeded; }
    void forget() override {}

  private:
    KeyOutcome accent(const std::string& mark, Draft& draft) const {
        const std::string letter = draft.last();
        if (letter.empty()) return KeyOutcome::Nothing;
        const auto marked = with_accent(letter, mark, rule_);
        return marked ? draft.replace_last(*marked) : KeyOutcome::Nothing;
    }

    AccentRule rule_;
    Preedit none_;
};

}  // namespace

std::unique_ptr<Composer> direct_composer(BoardKind kind) {
    return std::make_unique<DirectComposer>(
        kind == BoardKind::Vietnamese ? AccentRule::QualityAndTone : AccentRule::One);
}

}  // namespace machikoe
