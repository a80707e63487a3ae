// The only file that knows libhangul.
#include <hangul.h>

#include <algorithm>
#include <cassert>

#include "app/writing/composer.h"

namespace machikoe {
namespace {

std::string utf8_of_jamo(const ucschar* text) {
    std::string utf8;
    for (; *text != 0; ++text) {
        // All of hangul lies in the plane of three bytes.
        if (*text < 0x800 || *text > 0xFFFF) continue;
        utf8 += static_cast<char>(0xE0 | (*text >> 12));
        utf8 += static_cast<char>(0x80 | ((*text >> 6) & 0x3F));
        utf8 += static_cast<char>(0x80 | (*text & 0x3F));
    }
    return utf8;
}

struct DeleteContext {
    void operator()(HangulInputContext* context) const {
        hangul_ic_reset(context);  // overwrites the syllable
        hangul_ic_delete(context);
    }
};

class HangulComposer final : public Composer {
  public:
    HangulComposer() : context_(hangul_ic_new("2")) { assert(context_); }
    ~HangulComposer() override { forget(); }

    KeyOutcome press(const Key& key, Draft& draft) override {
        switch (key.action) {
            case KeyAction::Jamo:
                return jamo(key.text, draft);
            case KeyAction::Insert:
                return after_commit(key.text, draft);
            case KeyAction::Space:
                return after_commit(" ", draft);
            case KeyAction::Delete:
                if (!hangul_ic_backspace(context_.get())) return draft.remove_last();
                show();
                return KeyOutcome::Done;
            case KeyAction::Commit:
                return commit(draft);
            default:
                return KeyOutcome::Nothing;
        }
    }
    KeyOutcome choose(std::size_t, Draft&) override { return KeyOutcome::Nothing; }

    KeyOutcome commit(Draft& draft) override {
        if (preedit_.empty()) return KeyOutcome::Nothing;
        const KeyOutcome outcome = draft.append(preedit_.text());
        if (outcome == KeyOutcome::Done) forget();
        return outcome;
    }
    const Preedit& preedit() const override { return preedit_; }
    Conversion conversion() override { return Conversion::NotNeeded; }
    void forget() override {
        hangul_ic_reset(context_.get());
        preedit_.forget();
    }

  private:
    KeyOutcome jamo(const std::string& place, Draft& draft) {
        if (place.size() != 1) return KeyOutcome::Refused;
        const std::string before = preedit_.text();
        if (before.empty() && draft.room() == 0) return KeyOutcome::Full;
        if (!hangul_ic_process(context_.get(), place[0])) return KeyOutcome::Nothing;
        const std::string done = utf8_of_jamo(hangul_ic_get_commit_string(context_.get()));
        show();
        if (done.empty()) return KeyOutcome::Done;
        if (draft.room() >= 2) return draft.append(done);
        // No place for the syllable that this jamo begins: the one before stays as it was.
        forget();
        draft.append(before);
        return KeyOutcome::Full;
    }

    KeyOutcome after_commit(std::string_view text, Draft& draft) {
        if (draft.room() < (preedit_.empty() ? 1u : 2u)) return KeyOutcome::Full;
        commit(draft);
        return draft.append(text);
    }

    void show() {
        preedit_.forget();
        std::string syllable = utf8_of_jamo(hangul_ic_get_preedit_string(context_.get()));
        if (!syllable.empty()) preedit_.parts.push_back(std::move(syllable));
    }

    std::unique_ptr<HangulInputContext, DeleteContext> context_;
    Preedit preedit_;
};

}  // namespace

std::unique_ptr<Composer> hangul_composer() {
    return std::make_unique<HangulComposer>();
}

}  // namespace machikoe
